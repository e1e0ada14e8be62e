# العمل على الحوادث: المهام والمهل والمراجعة والتقرير

## المهام
work-tasks = المهام
work-tasks-title = مهام { $number }
work-task-title = مهمة من { $number }
work-tasks-all = كل المهام
work-tasks-none = لا مهام بعد.
work-tasks-none-how = طبّق دليل تعامل أو أضف مهمة من عندك.
work-task = المهمة
work-what = ما ينبغي عمله
work-body = التفاصيل
work-steps = الخطوات
work-own = مهام أضافها الفريق
work-checks = فحوص الإغلاق
work-lessons = الدروس
work-lesson = ما الذي يتغير بسببها
work-lessons-none = لم يُدوَّن درس.
work-lessons-none-how = دوّن ما ينبغي تغييره، مع مسؤول وموعد.
work-who = من
work-due = الموعد
work-due-utc = الموعد (بالتوقيت العالمي)
work-due-wrong = لم يتم ذلك: يُكتب الوقت هكذا 2026-11-22T14:30 بتوقيت UTC.
work-ended = انتهت
work-late = متأخرة
work-note = ملاحظة
work-reason = السبب
work-decided = القرار
work-letter = الرسالة
work-needs = بعد هذه الخطوات
work-then = ثم:
work-do = العمل
work-change = تغيير
work-add = مهمة جديدة
work-removed = أُزيلت
work-waiting = تنتظر قرارًا
work-waiting-how = لزوم هذه الخطوات متوقف على قرار.
work-required = لازم
work-mention-hint = اكتب @ ثم اسم الدخول لتنبيه شخص.
work-task-waiting = تنتظر قرارًا
work-task-open = للعمل
work-task-done = أُنجزت
work-task-skipped = تُخطّيت
work-task-is-removed = أُزيلت هذه المهمة.
work-task-stale = غيّر شخص هذه المهمة وهي مفتوحة عندك. قيمك في النموذج وقيمه بجانبه؛ قارن بينها واحفظ من جديد.
work-role-handler = المعالج
work-role-analyst = المحلل
work-role-duty-officer = المناوب
work-role-head = رئيس الفريق
work-role-communication = الاتصال
work-role-administrator = مدير النظام
work-progress = أُنجز { $ended } من { $count }
work-checks-open = { $count ->
    [zero] لا فحص إغلاق مفتوحًا.
    [one] فحص إغلاق واحد ما زال مفتوحًا.
    [two] فحصا إغلاق ما زالا مفتوحين.
    [few] { $count } فحوص إغلاق ما زالت مفتوحة.
    [many] { $count } فحص إغلاق ما زال مفتوحًا.
   *[other] { $count } فحص إغلاق ما زال مفتوحًا.
}
work-close-checks = فحوص الإغلاق هذه ما زالت مفتوحة. يمكنك إغلاق الحادثة مع ذلك، ويُسجَّل هذا.
work-close-tasks = { $count ->
    [zero] لا مهمة أخرى مفتوحة.
    [one] مهمة أخرى واحدة مفتوحة.
    [two] مهمتان أخريان مفتوحتان.
    [few] { $count } مهام أخرى مفتوحة.
    [many] { $count } مهمة أخرى مفتوحة.
   *[other] { $count } مهمة أخرى مفتوحة.
}

## ما تفعله الأزرار
work-do-done = تأكيد الإنجاز
work-do-decide = اتخاذ القرار
work-do-skip = تخطي
work-do-reopen = إعادة فتحها
work-do-remove = إزالة
work-do-restore = استعادة
work-do-add = إضافة المهمة
work-do-add-lesson = إضافة الدرس
work-do-apply = تطبيق
work-do-remove-playbook = إزالة
work-do-tag = إضافة
work-do-untag = إزالة
work-do-untag-which = إزالة { $technique }
work-do-start = بدء المهلة
work-do-meet = تسجيل الوفاء بها
work-do-stop = إيقاف المهلة
work-do-see = تم الاطلاع
work-do-hand-over = تسليم
work-do-take-over = استلام
work-did-apply = طُبّق دليل التعامل.
work-did-remove-playbook = أُزيل دليل التعامل، وبقي ما أُنجز.
work-did-add = أُضيفت المهمة.
work-did-change = تغيّرت المهمة.
work-did-done = أُنجزت: { $title }
work-did-skip = تُخطّيت: { $title }
work-did-reopen = أُعيد فتحها: { $title }
work-did-remove = أُزيلت: { $title }
work-did-restore = استُعيدت: { $title }
work-did-tag = أُضيفت التقنية.
work-did-untag = أُزيلت التقنية.
work-did-start = بدأت المهلة.
work-did-moments = تُحسب المهلة الآن من هذه الأوقات.
work-did-meet = سُجّل الوفاء في الموعد.
work-did-meet-late = سُجّل الوفاء بعد فوات الموعد.
work-did-unmeet = لم تعد مسجلة على أنها وُفي بها.
work-did-stop = أُوقفت المهلة.
work-did-see = سُجّل اطلاعك.
work-did-review = حُفظت الإجابات.
work-did-finish-review = انتهت المراجعة.
work-did-hand-over = كُتب التسليم.
work-did-take-over = استلمتَ المناوبة.

## أدلة التعامل والتقنيات
work-playbooks = أدلة التعامل
work-playbooks-none = لم يُطبَّق دليل تعامل.
work-playbooks-none-how = تصير خطواته وفحوصه مهامَّ.
work-playbook-choose = دليل التعامل
work-playbooks-fitting = لهذا النوع
work-playbooks-others = غيرها
work-techniques = تقنيات MITRE ATT&CK
work-technique = التقنية
work-techniques-none = لم تُذكر تقنية.
work-techniques-none-how = أدخل رقمها، مثل T1566.002.

## المهل
work-clocks = المهل
work-clocks-title = مهل { $number }
work-clocks-none = لا مهلة جارية.
work-clocks-none-how = ابدأ مهلة قاعدة من القانون أو من الفريق.
work-clocks-quiet = وُفي بكل ما حان، أو هو ينتظر أمرًا.
work-clock-source = المصدر: { $source }
work-clock-unverified = لم يقارن أحد هذه القاعدة بمصدرها بعد. راجع المصدر قبل الاعتماد عليها.
work-unverified = غير محققة
work-clock-stopped = أوقفها { $who } في { $when }: { $why }
work-clock-is-stopped = أُوقفت:
work-clock-start = بدء مهلة
work-clock-start-how = ما يُحسب من البلاغ أو من القرار يبدأ من فتح الحادثة، ويمكنك تغيير ذلك لاحقًا.
work-rule = القاعدة
work-rules-verified = قورنت بمصدرها
work-rules-unverified = لم تُقارن بمصدرها بعد
work-stage = المرحلة
work-recipient = من يجب إبلاغه
work-contents = ما تتضمنه
work-met = الوفاء
work-met-utc = وقت الوفاء (بالتوقيت العالمي)
work-remark = ملاحظة
work-moments = تُحسب من
work-moments-how = المراحل التي وُفي بها تحتفظ بموعدها.
work-aware-utc = وقت العلم (بالتوقيت العالمي)
work-reported-utc = وقت البلاغ (بالتوقيت العالمي)
work-classified-utc = وقت التصنيف (بالتوقيت العالمي)
work-counted = { $span }، { $from }
work-span-min = { $count ->
    [zero] صفر دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $count } دقائق
    [many] { $count } دقيقة
   *[other] { $count } دقيقة
}
work-span-h = { $count ->
    [zero] صفر ساعة
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
    [many] { $count } ساعة
   *[other] { $count } ساعة
}
work-span-d = { $count ->
    [zero] صفر يوم
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
}
work-span-bd = { $count ->
    [zero] صفر يوم عمل
    [one] يوم عمل واحد
    [two] يوما عمل
    [few] { $count } أيام عمل
    [many] { $count } يوم عمل
   *[other] { $count } يوم عمل
}
work-span-mo = { $count ->
    [zero] صفر شهر
    [one] شهر واحد
    [two] شهران
    [few] { $count } أشهر
    [many] { $count } شهرًا
   *[other] { $count } شهر
}
work-from-aware = من وقت العلم
work-from-reported = من وقت البلاغ
work-from-classified = من وقت التصنيف
work-from-closed = من إغلاق الحادثة
work-from-stage = من «{ $stage }»
work-standing-off = ليست لهذه الحادثة
work-standing-waiting = لم تبدأ
work-standing-running = جارية
work-standing-soon = موعدها قريب
work-standing-late = متأخرة
work-standing-met = وُفي بها في الموعد
work-standing-met-late = وُفي بها متأخرًا
work-stages-off = { $count ->
    [zero] كل المراحل لهذه الحادثة.
    [one] مرحلة واحدة ليست لهذه الحادثة.
    [two] مرحلتان ليستا لهذه الحادثة.
    [few] { $count } مراحل ليست لهذه الحادثة.
    [many] { $count } مرحلة ليست لهذه الحادثة.
   *[other] { $count } مرحلة ليست لهذه الحادثة.
}
work-running-title = المهل الجارية
work-running-all = كل المهل الجارية
work-running-none = لا مهلة جارية
work-running-none-how = تبدأ المهل مع الحادثة، أو تُبدأ من صفحتها.
work-running-late = { $count ->
    [zero] لا مرحلة متأخرة.
    [one] مرحلة واحدة متأخرة.
    [two] مرحلتان متأخرتان.
    [few] { $count } مراحل متأخرة.
    [many] { $count } مرحلة متأخرة.
   *[other] { $count } مرحلة متأخرة.
}
work-left-out = تعذرت قراءة هذه الملفات فتُركت. صحّحها، ثم أعد التشغيل أو احفظ الإعدادات.

## بريد المهل
work-mail-soon-subject = { $number }: موعد قريب: { $stage }
work-mail-late-subject = { $number }: متأخر: { $stage }
work-mail-soon = اقترب موعد المرحلة «{ $stage }» ({ $clock }) من الحادثة { $number }.
work-mail-late = تأخرت المرحلة «{ $stage }» ({ $clock }) من الحادثة { $number }.
work-mail-who = من يجب إبلاغه: { $recipient }
work-mail-due = الموعد: { $due }
work-mail-page = الصفحة: { $page }

## ما ينتظرني
work-mine-title = عملي
work-mine-none = لا مهمة مفتوحة
work-mine-none-how = تظهر هنا المهام المسندة إليك، والأقرب موعدًا أولًا.
work-show-mine = مهامي فقط
work-show-all = مهام الجميع
work-mentions = ذُكر اسمك
work-handover-title = تسليم المناوبة
work-handover-new = للمناوبة التالية
work-handover-body = ما يجب أن تعرفه المناوبة التالية
work-handover-none = لم يُسلَّم شيء بعد
work-handover-none-how = اكتب ما هو جارٍ، ومن ينتظر من، وما حان موعده.
work-handover-taken = استُلمت

## المراجعة والتقرير
work-review = المراجعة
work-review-title = مراجعة { $number }
work-review-later = يُجاب عن المراجعة بعد إغلاق الحادثة.
work-review-stale = أجاب أحدهم عن هذه المراجعة وهي مفتوحة لديك. لم يضع شيء: في النموذج ما كتبته أنت، وتحت كل إجابة تغيّرت الإجابة الحالية. احفظ ليبقى ما في النموذج.
work-review-finished = انتهت المراجعة
work-review-finish = انتهت المراجعة
work-review-open = لم تنتهِ المراجعة.
work-review-open-question = بلا إجابة
work-review-no-questions = تعذرت قراءة أسئلة المراجعة، واسم الملف في الصفحة الرئيسية.
work-review-yes = نعم
work-review-no = لا
work-report = تقرير الحادثة
work-report-title = تقرير الحادثة { $number }
work-report-observables = المؤشرات
work-report-tickets = البلاغات والتحقيقات والتدابير المضادة
work-report-kind = النوع
work-report-value = القيمة
work-ticket-report = بلاغ
work-ticket-investigation = تحقيق
work-ticket-countermeasure = تدبير مضاد

## في الصفحة الرئيسية
work-home-tasks = { $count ->
    [zero] لا مهمة لديك.
    [one] لديك مهمة واحدة.
    [two] لديك مهمتان.
    [few] لديك { $count } مهام.
    [many] لديك { $count } مهمة.
   *[other] لديك { $count } مهمة.
}
work-home-mentions = { $count ->
    [zero] لم يُذكر اسمك.
    [one] ذُكر اسمك مرة.
    [two] ذُكر اسمك مرتين.
    [few] ذُكر اسمك { $count } مرات.
    [many] ذُكر اسمك { $count } مرة.
   *[other] ذُكر اسمك { $count } مرة.
}

## قوائم المهام والمهل
work-list-search = المهمة أو رقم الحادثة أو عنوانها
work-list-words-open = لا يُبحث عن الكلمات إلا في المهام المفتوحة. أما المهام المنجزة فتوجد عبر حادثتها.
work-list-words-incidents = ابحث عن الكلمات نفسها في الحوادث
work-list-search-clocks = المرحلة أو القاعدة أو رقم الحادثة أو عنوانها
work-list-kind = النوع
work-list-kind-step = خطوة من دليل تعامل
work-list-kind-own = أضافها الفريق
work-list-kind-check = فحص إغلاق
work-list-kind-lesson = درس
work-list-due = الموعد حتى
work-list-show-mine = مهامي
work-list-show-unowned = بلا مسؤول
work-list-show-late = المتأخرة
work-list-show-all = مهام الجميع
work-task-all = الكل
work-list-stage-running = الجارية
work-list-stage-late = المتأخرة
work-list-stage-met = ما وُفي به
work-list-stage-met-late = ما وُفي به متأخرًا
work-list-stage-all = الجارية وما وُفي به
