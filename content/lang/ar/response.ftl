# الاستجابة: الحوادث

## الحالات والأثر والأحكام
response-state-new = جديدة
response-state-open = قيد المعالجة
response-state-resolved = عولجت
response-state-abandoned = صُرف النظر عنها
response-impact-low = منخفض
response-impact-medium = متوسط
response-impact-high = عالٍ
response-impact-vital = حيوي
response-impact-by-itself = بحسب أهمية الجهات
response-urgency-by-itself = بحسب أخطر مكتشف
response-verdict-left = بقيت المكتشفات كما هي
response-verdict-fixed = أُصلحت المكتشفات
response-verdict-false = المكتشفات إنذار كاذب
response-nobody = لا أحد
response-never = لا موعد
response-overdue = تجاوزت موعدها

## الحقول
response-field-number = الرقم
response-field-title = العنوان
response-field-class = الصنف والنوع
response-field-impact = الأثر
response-field-urgency = الاستعجال
response-field-severity = الخطورة
response-field-tlp = العلامة
response-field-mailbox = عنواننا
response-field-owner = المسؤول
response-field-state = الحالة
response-field-due = الموعد
response-field-due-utc = الموعد (بالتوقيت العالمي)
response-field-constituent = الجهات
response-field-findings = المكتشفات
response-field-created = فُتحت
response-field-changed = تغيّرت
response-field-closed = أُغلقت
response-field-rule = القاعدة
response-field-resolution = النتيجة
response-field-note = ملاحظة

## القائمة
response-list-title = الحوادث
response-list-search = العنوان أو الرقم أو الجهة
response-list-order = الترتيب
response-list-order-newest = بحسب رؤوس الأعمدة
response-list-order-best = الأكثر مطابقة أولًا
response-list-order-cut = { $count ->
    [zero] لم يُرتَّب أي سجل. أضف كلمات أو اختر أيامًا.
    [one] رُتّب أحدث سجل فيه هذه الكلمات فقط. أما الأقدم فلم يُشمل: أضف كلمات أو اختر أيامًا.
    [two] رُتّب أحدث سجلين فيهما هذه الكلمات فقط. أما الأقدم فلم يُشمل: أضف كلمات أو اختر أيامًا.
    [few] رُتّبت أحدث { $count } سجلات فيها هذه الكلمات فقط. أما الأقدم فلم يُشمل: أضف كلمات أو اختر أيامًا.
    [many] رُتّب أحدث { $count } سجلًا فيها هذه الكلمات فقط. أما الأقدم فلم يُشمل: أضف كلمات أو اختر أيامًا.
   *[other] رُتّب أحدث { $count } سجل فيها هذه الكلمات فقط. أما الأقدم فلم يُشمل: أضف كلمات أو اختر أيامًا.
}
response-list-show = عرض فقط
response-list-age = العمر
response-list-class = الصنف
response-list-choose = اختيار
response-list-tick = اختيار الحادثة { $number }
response-list-none = لا توجد حوادث بعد
response-list-none-how = تفتحها القواعد من المكتشفات، ويمكنك فتح حادثة من هنا أو من صفحة مكتشف.
response-list-state-live = قائمة: جديدة أو قيد المعالجة
response-list-state-new = جديدة
response-list-state-open = قيد المعالجة
response-list-state-closed = مغلقة
response-list-state-resolved = عولجت
response-list-state-abandoned = صُرف النظر عنها
response-list-state-all = الكل
response-list-show-mine = حوادثي
response-list-show-watched = التي أتابعها
response-list-show-unowned = بلا مسؤول
response-list-show-due = تجاوزت موعدها
response-list-severity-critical = حرجة
response-list-severity-high-up = عالية أو حرجة
response-list-severity-high = عالية
response-list-severity-medium = متوسطة
response-list-severity-low = منخفضة
response-list-severity-info = للعلم
response-list-age-day = حتى يوم
response-list-age-week = من يوم إلى أسبوع
response-list-age-month = من أسبوع إلى شهر
response-list-age-older = أقدم من 30 يومًا
response-many-take = تولّي المعالجة
response-many-open = فتح
response-many-person = الشخص
response-many-assign = إسناد
response-many-close = إغلاق

## ما فعله النموذج
response-did-take = صرت المسؤول عن الحادثة.
response-did-follow = أنت تتابع هذه الحادثة.
response-did-unfollow = لم تعد تتابع هذه الحادثة.
response-did-relate = رُبطت الحادثتان.
response-did-unrelate = لم تعد الحادثتان مرتبطتين.
response-did-merge = دُمجت الحادثة في هذه. ويمكن التراجع من صفحتها.
response-did-split = عادت الحادثة مستقلة.
response-did-reopen = فُتحت الحادثة من جديد.
response-did-close = أُغلقت الحادثة.
response-did-close-and-teach = أُغلقت الحادثة. ستُجاب مكتشفاتها بعد لحظات وتُحدَّث موثوقية مصادرها.
response-did-strike = شُطبت ملاحظة من { $number }.
response-did-restore-note = استُعيدت الملاحظة.
response-did-change = تغيّرت الحادثة.
response-did-open = فُتحت الحادثة { $number }.
response-did-link = { $count ->
    [zero] كل المكتشفات كانت مرتبطة.
    [one] رُبط مكتشف واحد.
    [two] رُبط مكتشفان.
    [few] رُبطت { $count } مكتشفات.
    [many] رُبط { $count } مكتشفًا.
   *[other] رُبط { $count } مكتشف.
}
response-did-unlink = { $count ->
    [zero] لم يُفصل أي مكتشف.
    [one] فُصل مكتشف واحد.
    [two] فُصل مكتشفان.
    [few] فُصلت { $count } مكتشفات.
    [many] فُصل { $count } مكتشفًا.
   *[other] فُصل { $count } مكتشف.
}
response-chosen-no-finding = لم يُختر أي مكتشف. اختر واحدًا على الأقل ثم أعد المحاولة.
response-no-other = لا توجد حادثة بهذا الرقم يمكنك رؤيتها. تحقق منه ثم أعد المحاولة.
response-stale = غيّر أحدهم السجل في هذه الأثناء. راجعه ثم قرر من جديد.
response-refused = لم يتم ذلك: { $why }.
response-refused-not-found = غير موجودة
response-refused-not-from = حالتها لا تسمح بذلك
response-refused-merged = دُمجت في حادثة أخرى
response-refused-not-merged = لم تُدمج في حادثة أخرى
response-refused-into-closed = الحادثة المراد الدمج فيها مغلقة
response-refused-itself = هي الحادثة نفسها
response-refused-title = العنوان من حرف واحد إلى 200 حرف
response-refused-text = النص فارغ أو أطول من المسموح
response-refused-class = الصنف والنوع ليسا من التصنيف
response-refused-resolution = اختر كيف انتهت
response-refused-clearance = العلامة أشد مما يحق لك الاطلاع عليه
response-refused-no-note = لا توجد هذه الملاحظة أو أنها شُطبت
response-refused-no-playbook = لا يوجد دليل تعامل كهذا
response-refused-no-task = لا توجد مهمة كهذه أو أُزيلت
response-refused-task-waits = المهمة تنتظر قرارًا
response-refused-too-many = بلغت الحادثة أقصى عدد من المهام
response-refused-person = لا أحد في الفريق بهذا الاسم
response-refused-answer = اختر إحدى الإجابات
response-refused-no-clock = لا توجد مهلة أو مرحلة كهذه
response-refused-future = الوقت في المستقبل
response-refused-technique = تُكتب التقنية مثل T1566 أو T1566.002
response-refused-not-closed = الحادثة لم تُغلق بعد
response-refused-required = بقي سؤال لازم بلا إجابة، وحُفظت الإجابات الأخرى
response-refused-mailbox = ليس هذا من عناويننا
response-refused-unseen-mailbox = لا ترى هذا الصندوق، وما تنقله إليه يغيب عنك
response-refused-checks-open = فحوص الإغلاق مفتوحة ولم يُذكر سبب
response-refused-tasks-open = المهام مفتوحة ولم يُذكر سبب
response-refused-not-waiting = لم تعد تنتظر شخصًا ثانيًا
response-refused-own-message = كتبتها بنفسك، فيجب أن يجيز إرسالها شخص آخر
response-refused-not-writer = لا يسحبها إلا كاتبها
response-refused-no-ticket = لا يوجد بلاغ أو تحقيق أو تدبير كهذا
response-refused-ticket-not-from = حالته لا تسمح بذلك
response-refused-no-incident = التدبير المضاد يتبع حادثة
response-refused-has-incident = هو تابع لحادثة أخرى
response-refused-mail = هذا ليس عنوان بريد؛ والعنوان مثل abuse@isp.example
response-refused-no-recipient = لا عنوان نكتب إليه، أو العناوين أكثر من 100
response-refused-plain-mail = علامته لا تسمح بإرساله في بريد غير مشفّر
response-refused-no-message = لم تعد هذه الرسالة تنتظر قرارًا
response-refused-itself-ticket = هو السجل نفسه
response-refused-other-kind = لا يُدمج إلا سجلان من نوع واحد
response-refused-not-moved = لا تُنقل إلا رسالة وصلت إلينا

## فتح حادثة
response-new-title = حادثة جديدة
response-new-button = فتح الحادثة
response-new-constituents = جهات أخرى غير جهات المكتشفات
response-new-constituents-how = اسم واحد في كل سطر كما هو مسجل في قائمة الجهات.
response-new-no-constituent = لا توجد جهة باسم { $name }.
response-new-or-link = أو اربط المكتشفات بحادثة موجودة
response-new-findings = { $count ->
    [zero] لن يُربط أي مكتشف
    [one] سيُربط مكتشف واحد
    [two] سيُربط مكتشفان
    [few] ستُربط { $count } مكتشفات
    [many] سيُربط { $count } مكتشفًا
   *[other] سيُربط { $count } مكتشف
}
response-panel-open = فتح حادثة
response-panel-all = كل حوادثها

## حادثة واحدة
response-do-take = تولّي المعالجة
response-do-edit = تعديل
response-do-close = إغلاق
response-do-reopen = إعادة الفتح
response-do-follow = متابعة
response-do-unfollow = إيقاف المتابعة
response-do-split = التراجع عن الدمج
response-do-relate = ربط
response-do-unrelate = إلغاء الربط
response-do-unrelate-which = إلغاء الربط مع { $number }
response-do-merge = دمج هذه فيها
response-do-link = ربط بها
response-do-unlink = فصل المحدد
response-back = رجوع
response-save = حفظ
response-merged-into = دُمجت هذه الحادثة في
response-merge-hint = ينقل الدمج المكتشفات والبلاغات والتحقيقات والتدابير المضادة والملاحظات والمهام والمؤشرات وكل ما سواها إلى الحادثة الأخرى ويغلق هذه كمكررة. ويمكن التراجع عنه.
response-other-number = رقم الحادثة الأخرى
response-one-facts = بياناتها
response-one-watchers = يتابعها
response-one-others = حوادث أخرى
response-one-merged-here = دُمجت فيها
response-one-related = مرتبطة
response-one-suggested = قد تكون ذات صلة
response-one-no-others = لا شيء يشير إلى حادثة أخرى.
response-one-no-findings = لا مكتشفات مرتبطة.
response-one-timeline = التسلسل الزمني
response-one-more-lines = تظهر أحدث الأسطر فقط. كل الأسطر في السجل.
response-one-more-findings = { $count ->
    [zero] كل المكتشفات معروضة.
    [one] مكتشف آخر غير معروض هنا.
    [two] مكتشفان آخران غير معروضين هنا.
    [few] { $count } مكتشفات أخرى غير معروضة هنا.
    [many] { $count } مكتشفًا آخر غير معروض هنا.
   *[other] { $count } مكتشف آخر غير معروض هنا.
}
response-related-asset = الأصل نفسه
response-related-neighbourhood = عناوين متجاورة
response-related-subject = الموضوع نفسه
response-related-constituent = الجهة نفسها
response-finding-asset = الأصل
response-finding-what = ماهيته
response-finding-now = حالته الآن
response-finding-linked = رُبط
response-finding-tick = اختيار المكتشف { $asset }
response-finding-gone = لم يعد موجودًا
response-line-when = متى
response-line-who = من
response-line-what = ماذا
response-line-to = ←
response-line-findings = { $count ->
    [zero] لا مكتشفات
    [one] مكتشف واحد
    [two] مكتشفان
    [few] { $count } مكتشفات
    [many] { $count } مكتشفًا
   *[other] { $count } مكتشف
}
response-line-more = { $count ->
    [zero] ولا غيره
    [one] وواحد آخر
    [two] واثنان آخران
    [few] و{ $count } أخرى
    [many] و{ $count } أخرى
   *[other] و{ $count } أخرى
}

## الخطورة
response-matrix-title = كيف تُحدَّد الخطورة
response-matrix-how = الأثر هو أهمية الجهة، والاستعجال هو أخطر المكتشفات. ومنهما معًا تُحدَّد الخطورة.
response-matrix-here = هنا

## التعديل
response-edit-title = تعديل { $number }
response-edit-unreadable = { $field }: تعذرت قراءة هذه القيمة.
response-edit-stale = غيّر أحدهم هذه الحادثة وهي مفتوحة لديك. لم يضع شيء: اختر لكل حقل القيمة التي تبقى ثم احفظ.
response-edit-theirs = القيمة الحالية:
response-edit-mine = قيمتك:

## الملاحظات
response-note-title = ملاحظة
response-note-new = ملاحظة جديدة
response-note-add = إضافة الملاحظة
response-note-text = النص
response-note-edit = تحرير
response-note-strike = شطب
response-note-restore = استعادة
response-note-edited = حُرّرت
response-note-struck = شطبها
response-note-show-struck = عرض ما كان فيها
response-note-is-struck = شُطبت هذه الملاحظة ولا يمكن تحريرها.
response-note-stale = حرّر أحدهم هذه الملاحظة وهي مفتوحة لديك. النصان أدناه؛ اجمع بينهما ثم احفظ.
response-note-theirs = ما فيها الآن
response-note-mine = ما كتبته
response-note-before = ما كان فيها سابقًا
response-note-too-long = { $count ->
    [zero] لا تُقبل ملاحظة فارغة.
    [one] الملاحظة حرف واحد على الأكثر.
    [two] الملاحظة حرفان على الأكثر.
    [few] الملاحظة حتى { $count } أحرف. عدّلها ثم احفظ؛ لم يضع شيء.
    [many] الملاحظة حتى { $count } حرفًا. عدّلها ثم احفظ؛ لم يضع شيء.
   *[other] الملاحظة حتى { $count } حرف. عدّلها ثم احفظ؛ لم يضع شيء.
}

## النهاية
response-close-title = إغلاق { $number }
response-close-choose = اختر كيف انتهت
response-close-verdict = ماذا يعني ذلك لمكتشفاتها؟
response-close-left = لا شيء: تبقى كما هي ولا تتغير موثوقية المصادر
response-close-fixed = كانت صحيحة وأُصلحت: أصابت مصادرها
response-close-false = كانت إنذارات كاذبة: أخطأت فيها مصادرها
response-close-findings = { $count ->
    [zero] لا مكتشف يُجاب بذلك.
    [one] مكتشف واحد يُجاب بذلك.
    [two] مكتشفان يُجابان بذلك.
    [few] { $count } مكتشفات تُجاب بذلك.
    [many] { $count } مكتشفًا يُجاب بذلك.
   *[other] { $count } مكتشف يُجاب بذلك.
}
response-close-fixed-feed = { $count ->
    [zero] لا يُؤكَّد
    [one] يُؤكَّد مرة واحدة
    [two] يُؤكَّد مرتين
    [few] يُؤكَّد { $count } مرات
    [many] يُؤكَّد { $count } مرة
   *[other] يُؤكَّد { $count } مرة
}
response-close-false-feed = { $count ->
    [zero] لا يُنقض
    [one] يُنقض مرة واحدة
    [two] يُنقض مرتين
    [few] يُنقض { $count } مرات
    [many] يُنقض { $count } مرة
   *[other] يُنقض { $count } مرة
}
response-reopen-reason = السبب
response-reopen-hint = يصبح السبب ملاحظة. وتبقى المكتشفات كما أُجيبت؛ ويمكن التراجع عن إجابة من صفحة المكتشف.

## السجل
response-verb-incident-opened = فتح الحادثة
response-verb-incident-changed = عدّل الحادثة
response-verb-incident-closed = أغلق الحادثة
response-verb-incident-reopened = أعاد فتح الحادثة
response-verb-incident-merged = دمج الحادثة في
response-verb-incident-joined = ضمّ ما دُمج من
response-verb-incident-split = تراجع عن الدمج مع
response-verb-incident-parted = أعاد ما جاء من
response-verb-incident-followed = يتابع الحادثة
response-verb-incident-unfollowed = لم يعد يتابع الحادثة
response-verb-incident-restored = تراجع عن تغيير جماعي
response-verb-incident-imported = استورد الحادثة من أداة أخرى
response-verb-import-brought = رفع ملفًا من أداة أخرى
response-verb-import-tried = فحص ملفًا من أداة أخرى من جديد
response-verb-import-begun = بدأ استيراد ملف
response-verb-import-finished = استورد ملفًا
response-verb-findings-joined = أضافت قاعدة مكتشفات
response-verb-findings-linked = ربط مكتشفات
response-verb-findings-unlinked = فصل مكتشفات
response-verb-incidents-related = ربطها مع
response-verb-incidents-unrelated = ألغى ربطها مع
response-verb-note-added = كتب ملاحظة
response-verb-note-edited = حرّر ملاحظة
response-verb-note-struck = شطب ملاحظة
response-verb-note-restored = استعاد ملاحظة
response-verb-playbook-applied = طبّق دليل تعامل
response-verb-playbook-removed = نزع دليل تعامل
response-verb-task-added = أضاف مهمة
response-verb-task-changed = غيّر مهمة
response-verb-task-done = أنجز مهمة
response-verb-task-skipped = تخطّى مهمة
response-verb-task-reopened = أعاد فتح مهمة
response-verb-task-removed = أزال مهمة
response-verb-task-restored = استعاد مهمة
response-verb-moments-noted = دوّن متى بدأت أو احتُويت
response-verb-technique-added = أضاف تقنية
response-verb-technique-removed = أزال تقنية
response-verb-handover-written = كتب تسليمًا
response-verb-handover-taken = استلم المناوبة
response-verb-clock-started = بدأ مهلة
response-verb-clock-changed = غيّر بداية مهلة
response-verb-clock-stopped = أوقف مهلة
response-verb-clock-resumed = استأنف مهلة
response-verb-clock-adjusted = عدّل مهلة تبعًا للحادثة
response-verb-stage-met = سجّل الوفاء بمرحلة
response-verb-stage-unmet = تراجع عن تسجيل الوفاء بمرحلة
response-verb-stage-due-soon = نبّه إلى قرب موعد مرحلة
response-verb-stage-late = نبّه إلى تأخر مرحلة
response-verb-review-answered = أجاب عن المراجعة
response-verb-review-finished = أنهى المراجعة
response-verb-report-opened = فتح البلاغ
response-verb-investigation-opened = بدأ التحقيق
response-verb-countermeasure-opened = طلب التدبير المضاد
response-verb-ticket-changed = غيّره
response-verb-ticket-assigned = أسنده
response-verb-ticket-moved = غيّر حالته
response-verb-ticket-linked = ربطه بحادثة
response-verb-ticket-unlinked = فصله عن حادثة
response-verb-ticket-kept = أبقاه مفتوحًا: تحتاجه حادثة أخرى
response-verb-ticket-merged = دمجه في
response-verb-ticket-absorbed = تسلّم محتوى
response-verb-ticket-split = تراجع عن دمجه مع
response-verb-ticket-parted = أعاد ما جاء من
response-verb-ticket-restored = تراجع عن تغيير جماعي
response-verb-ticket-commented = كتب تعليقًا
response-verb-message-written = كتب رسالة
response-verb-message-sent = أُرسلت رسالة
response-verb-message-joined = أُضيفت رسالة
response-verb-message-held = احتُجزت رسالة من مرسل غير معروف
response-verb-message-allowed = ضمّ رسالة محتجزة
response-verb-message-discarded = استبعد رسالة محتجزة
response-verb-message-held-again = احتجز رسالة من جديد
response-verb-message-moved = نقل رسالة إلى
response-verb-message-taken = تلقّى رسالة منقولة من
response-verb-message-requeued = أعاد إرسال رسالة
response-verb-message-stopped = أوقف رسالة
response-verb-message-drafted = كتب رسالة تنتظر شخصًا ثانيًا
response-verb-message-released = أجاز إرسال رسالة
response-verb-own-message-released = أجاز إرسال رسالة كتبها بنفسه إذ لا يحق ذلك لغيره
response-verb-message-returned = أعاد رسالة إلى كاتبها
response-verb-message-withdrawn = سحب رسالة
response-verb-message-kept-back = أُمسكت رسالة لأنها تحتاج إلى شخص ثانٍ
response-verb-delivery-delayed = تأخرت رسالة
response-verb-delivery-failed = لم تصل رسالة إلى
response-verb-answer-declined = الرد «لا»: لم يُفعّل شيء ولم يُرفع
response-verb-answer-unclear = رد ليس فيه «تم» ولا «لا»
response-verb-rule-switched = غيّر قاعدة آلية
response-verb-contact-dead = تعطّل عنوان
response-verb-loop-stopped = لم يُرسل رد آلي: كثرت الردود
response-verb-address-lifted = عاد عنوان يعمل
response-verb-address-suspended = أوقف عنوانًا

# ما العمل حين لا يوجد شيء
response-one-no-others-how = إن كنت تعرف حادثة ذات صلة فأدخل رقمها أدناه.
response-one-no-findings-how = حدّد مكتشفات في قائمتها واربطها بهذا الرقم.
response-panel-none = لا حادثة مفتوحة هنا.

# OpenPGP keys
response-verb-key-generated = أنشأ المفتاح
response-verb-key-rotated = أنشأ مفتاحًا جديدًا بدل السابق
response-verb-key-brought = استورد المفتاح
response-verb-key-offered = وردت رسالة تحمل المفتاح
response-verb-key-renewed = حُدّث المفتاح
response-verb-key-accepted = قبل المفتاح
response-verb-key-rejected = رفض المفتاح
response-verb-key-found = وجد المفتاح لدى نطاقه
response-verb-key-removed = أزال المفتاح
response-verb-key-restored = استعاد المفتاح
response-verb-certificate-brought = استورد الشهادة
response-verb-certificate-removed = أزال الشهادة
response-verb-certificate-restored = استعاد الشهادة
response-verb-signature-checked = تحقّق من توقيع رسالة
response-refused-no-key = علامتها لا تسمح بإرسالها إلا مشفّرة، وليس لكل المستلمين مفتاح صالح ومقبول

# الأدلة
response-verb-evidence-added = سجّل دليلًا
response-verb-evidence-file-kept = حفظ ملف دليل
response-verb-evidence-handed = سلّم دليلًا
response-verb-evidence-checked = قارن دليلًا ببصمته
response-verb-evidence-removed = أخرج دليلًا من القائمة
response-verb-evidence-restored = أعاد دليلًا إلى القائمة
response-refused-no-evidence = لا يوجد دليل كهذا، أو أُخرج من القائمة
response-refused-hash = ليست هذه بصمة SHA-256؛ فهي 64 رقمًا ستة عشريًا
response-refused-other-hash = للملف بصمة SHA-256 غير التي دُوّنت؛ سجّله دليلًا مستقلًا
response-refused-no-file = لا يوجد ملف له محفوظ هنا
response-refused-earlier = يقع قبل آخر سطر في سلسلة الحيازة
response-refused-too-many-items = لم يعد هناك متسع للمزيد

# PAP: ما يجوز فعله بما تعرفه الحادثة
response-field-pap = PAP
response-pap-label-clear = PAP:CLEAR
response-pap-label-green = PAP:GREEN
response-pap-label-amber = PAP:AMBER
response-pap-label-red = PAP:RED
response-pap-clear = لا قيود على استعمالها.
response-pap-green = تجوز الإجراءات الظاهرة: حجبها والكتابة عنها وسؤال سجلات الإنترنت.
response-pap-amber = لا يجوز إلا ما لا يلحظه الخصم: الرصد والمقارنة والبحث في بياناتنا. ولا يُسأل أحد في الخارج.
response-pap-red = عمل داخلي لا يُرى من الخارج فقط، ولا سؤال لأحد.
response-pap-hint = يبيّن بروتوكول الإجراءات الجائزة ما يجوز فعله بمعلومات الحادثة، أما TLP فيبيّن من يجوز له قراءتها. وفوق GREEN لا تسأل منارة أي سجل (RDAP أو whois) من أجل هذه الحادثة.
response-refused-pap = علامة PAP للحادثة أشد من GREEN: فقد يلحظ الخصم السؤال. غيّر العلامة أولًا إن كان ذلك من صلاحيتك
response-refused-no-rule = لا توجد قاعدة كهذه

# الوسوم
response-field-tags = الوسوم
response-verb-tags-changed = غيّر الوسوم
response-refused-tag = ليس هذا وسمًا؛ فهو كلمة من 80 حرفًا على الأكثر، أو مثل workflow:state="needs-review"

# الحقول الخاصة
response-verb-fields-changed = ملأ حقولًا خاصة
response-refused-fields-missing = حقول خاصة لازمة قبل معالجة الحادثة لم تُملأ

# السجلات الخارجية
response-verb-registry-asked = سأل سجلًا خارجيًا

# Files of messages
response-refused-files = تتسع الرسالة لعشرين ملفًا حجمها معًا 7 ميغابايت؛ احذف بعضها أو أرسلها في عدة رسائل
response-refused-nothing-to-attach = لا يتبع حادثة تسمح علامتها بخروج بياناتها مع الرسالة

# Observables
response-related-observable = المؤشر نفسه
response-verb-observables-named = أضاف مؤشرات
response-verb-observable-noted = دوّن ملاحظة عن مؤشر
response-verb-observable-removed = أزال مؤشرًا
response-verb-observable-restored = استعاد مؤشرًا
response-refused-observable = لم يُعثر فيه على عنوان أو نطاق أو رابط أو بصمة أو نحوها، أو عُثر على أكثر من 500
response-refused-no-observable = ليس في الحادثة مؤشر كهذا

# Who is to write next
response-list-show-waits-us = بانتظار ردنا
response-list-show-waits-them = بانتظار ردهم

# Dividing an incident; an investigation with it
response-do-part = تقسيم
response-part-title = تقسيم { $number }
response-part-how = ما تختارونه ينتقل إلى حادثة جديدة مرتبطة بهذه. ودمجها من جديد يتراجع عن ذلك.
response-part-name = عنوان الحادثة الجديدة
response-did-part = فُصلت { $number }.
response-verb-incident-divided = قسّم الحادثة
response-verb-incident-divided-off = فصلها عن حادثة أخرى
response-refused-nothing-to-part = اختر ما ينتقل إلى الحادثة الجديدة: مكتشفات أو بلاغات أو مؤشرات
response-also = سؤال جهة على الفور
response-also-do = بدء تحقيق معها
response-also-to = عنوان بريد من يُسأل
response-also-how = يلي ذلك نموذج الكتابة إليها.
response-field-also = عنوان بريد من يُسأل
