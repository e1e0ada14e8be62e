# أرقام الجودة، وما تستطيع هذه المنارة أن تُظهره لتقييم.
quality-title = جودة الخدمات
quality-hint = يُحسب كل رقم مما أنجزه الفريق ومما دُوّن حين أُنجز. وحيث لا توجد حالات فلا رقم. وما لا يحق لك الاطلاع عليه لا يدخل في الحساب.
quality-from = من
quality-to = إلى
quality-figure = الرقم
quality-value = القيمة
quality-n = الحالات
quality-period = المدة
quality-month = الشهر
quality-revision = نسخة التعريف
quality-definition = كيف يُحسب
quality-list = القائمة التي يُحسب منها
quality-no-case = لا توجد حالات بعد
quality-met = تحقق الهدف
quality-missed = لم يتحقق الهدف
quality-at-most = الهدف: { $value } على الأكثر.
quality-at-least = الهدف: { $value } على الأقل.
quality-p90 = تسعة من عشرة: { $value } على الأكثر
quality-cut = لا يُحسب إلا الأحدث.
quality-speaks = البنود التي يدل عليها
quality-needed = التحسينات اللازمة
quality-needed-hint = لكل هدف لم يتحقق: اللبنات التي تعالجه، وبنود الأطر التي يدل عليها.
quality-needed-none = تحققت الأهداف كلها.
quality-cases = { $count ->
    [zero] من دون حالات
    [one] من حالة واحدة
    [two] من حالتين
    [few] من { $count } حالات
    [many] من { $count } حالة
   *[other] من { $count } حالة
}
quality-waiting = { $count ->
    [zero] لا حالة تنتظر.
    [one] حالة واحدة ما زالت تنتظر ولا تُحسب.
    [two] حالتان ما زالتا تنتظران ولا تُحسبان.
    [few] { $count } حالات ما زالت تنتظر ولا تُحسب.
    [many] { $count } حالة ما زالت تنتظر ولا تُحسب.
   *[other] { $count } حالة ما زالت تنتظر ولا تُحسب.
}
quality-in-hours = { $count ->
    [zero] { $value } ساعة
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $value } ساعات
    [many] { $value } ساعة
   *[other] { $value } ساعة
}
quality-in-days = { $count ->
    [zero] { $value } يوم
    [one] يوم واحد
    [two] يومان
    [few] { $value } أيام
    [many] { $value } يومًا
   *[other] { $value } يوم
}
quality-in-people = { $count ->
    [zero] { $value } شخص
    [one] شخص واحد
    [two] شخصان
    [few] { $value } أشخاص
    [many] { $value } شخصًا
   *[other] { $value } شخص
}
quality-figure-acknowledge = مدة تولي الحادثة
quality-figure-acknowledge-how = من فتح الحادثة بقاعدة إلى أول عمل لشخص عليها: الوسيط بأقرب رتبة. ولا تدخل الحوادث التي فتحها أشخاص ولا المدموجة. بحسب يوم الفتح.
quality-figure-notify = مدة الإبلاغ
quality-figure-notify-how = من مسودة الإشعار، وتُكتب حين يُقرأ ملف المصدر، إلى خروجه إلى خادم البريد أو الصندوق: الوسيط. من دون التذكيرات والرسائل إلى الجهة الأعلى. بحسب يوم الخروج.
quality-figure-resolve = مدة معالجة الحادثة
quality-figure-resolve-how = من فتح الحوادث التي بلغت نهايتها إلى إغلاقها: الوسيط. من دون المهملة والمدموجة. بحسب يوم الإغلاق.
quality-figure-in-time = حوادث أُغلقت ضمن مهلتها
quality-figure-in-time-how = من الحوادث المغلقة التي كانت لها مهلة، ما أُغلق قبل انقضاء مهلته. بحسب يوم الإغلاق.
quality-figure-reply = زمن الرد على البلاغ
quality-figure-reply-how = من وصول البلاغ إلى أول رسالة كتبها شخص من الفريق إلى مرسله: الوسيط. ولا تُحسب البلاغات التي لم يُردّ عليها ولا المدموجة. بحسب يوم الرد.
quality-figure-takedown = زمن الإزالة
quality-figure-takedown-how = من طلب التدبير المضاد إلى تفعيله أول مرة: الوسيط. ولا تُحسب التدابير التي لم تُفعَّل قط. بحسب يوم التفعيل.
quality-figure-deadlines = مهل مستوفاة
quality-figure-deadlines-how = مراحل المهل التي استوفيت في موعدها من بين ما استوفي أو تأخر. ولا تُحسب المراحل الجارية والموقوفة. بحسب يوم الموعد.
quality-figure-reopened = حوادث فُتحت من جديد
quality-figure-reopened-how = مرات الإغلاق التي فُتحت الحادثة بعدها من جديد من بين مرات الإغلاق كلها. ولا يُحسب الدمج ولا الإغلاق المتراجع عنه. بحسب يوم الإغلاق.
quality-figure-answered = إشعارات رُدّ عليها
quality-figure-answered-how = من الإشعارات التي خرجت، ما رُدّ عليه ولو جزئيًا حتى الآن. بحسب يوم الخروج، والحديث منها ما زال أمامه وقت.
quality-figure-answer-days = مدة أول رد
quality-figure-answer-days-how = من خروج الإشعار إلى أول رد عليه: الوسيط. بحسب يوم الخروج.
quality-figure-false-positives = الإنذارات الكاذبة
quality-figure-false-positives-how = من المكتشفات التي آخر ما قيل فيها «أُصلحت» أو «إنذار كاذب»، نسبة الكاذب منها. بحسب يوم ذلك القول.
quality-figure-contacts = جهات لها جهة اتصال
quality-figure-contacts-how = من الجهات النشطة، ما له جهة اتصال نشطة ذات عنوان بريد. بحسب الوضع الآن.
quality-figure-networks = جهات شبكاتها معروفة
quality-figure-networks-how = من الجهات النشطة، ما له شبكة أو رقم AS أو نطاق. بحسب الوضع الآن.
quality-figure-watch-days = أيام عمل فيها أحد
quality-figure-watch-days-how = من الأيام منذ بدء السجل، الأيام التي عمل فيها شخص من الفريق شيئًا. ولا تُحسب البرامج. والأيام بالتوقيت العالمي.
quality-figure-watch-people = العاملون في اليوم
quality-figure-watch-people-how = في الأيام التي عمل فيها أحد، كم شخصًا من الفريق عمل شيئًا: الوسيط. ولا تُحفظ الأسماء.
quality-figure-gone = رقم لم يعد في هذه المنارة
quality-live-title = ما تستطيع هذه المنارة إظهاره: { $subject }
quality-live-hint = أرقام التسعين يومًا الأخيرة التي تدل على بنود هذا الإطار. إذا قُبل رقم صار دليلًا كما كان، بمدته وعدد حالاته ونسخته وبصمته. ولا يرفع أي مستوى قبل أن يفحصه الميسّر، وتنتهي صلاحيته.
quality-live-join = لقبول رقم، شارك أولًا في التقييم.
quality-live-offers = الأرقام المعروضة
quality-live-none = لا يوجد رقم يدل على هذا الإطار بعد
quality-live-none-how = تأتي الأرقام مع عمل الفريق. وفي الأهداف بيان البنود التي يدل عليها كل رقم.
quality-live-accepted = المقبولة
quality-accept = القبول دليلًا
quality-accept-for = القبول دليلًا: { $figure }، للبند { $item }
quality-accepted = مقبول
quality-did-accept = صار الرقم دليلًا، ويحكم فيه الميسّر.
quality-live-open = ما تستطيع هذه المنارة إظهاره
quality-figure-trained = الأشخاص الحاصلون على شهادة سارية
quality-figure-trained-how = من بين من يحق لهم الدخول: من اجتازوا دورة لخدمة مشغَّلة منذ سنة على الأكثر. الوضع كما هو الآن. لا تُحفظ الأسماء.
quality-figure-manual-read = الأشخاص الذين يعرفون الدليل بنصه الحالي
quality-figure-manual-read-how = من بين من يحق لهم الدخول: من قرؤوا النسخة الحالية من كل وثيقة في الدليل بأي لغة. الوضع كما هو الآن. لا تُحفظ الأسماء.
quality-evidence = { $figure }: { $value } ({ $cases }، { $from } – { $until })
quality-in-times = { $count ->
    [zero] ولا مرة
    [one] مرة واحدة
    [two] مرتان
    [few] { $value } مرات
    [many] { $value } مرة
   *[other] { $value } مرة
}
quality-figure-exercises = التمارين المقامة
quality-figure-exercises-how = كم تمرينًا من تمارين المدة أُقيم. والحالات هي التمارين المخطط لها فيها مما انقضت أيامه أو أُقيم، وما لم يذكر أحد أنه أُقيم لا يُعدّ مقامًا. ولا يدخل الملغى والمسحوب. بحسب اليوم الأخير.
quality-figure-exercise-objectives = أهداف التمارين المتحققة
quality-figure-exercise-objectives-how = من الأهداف التي جُرّبت في تمارين أُقيمت، ما تحقق كاملًا. وما لم يُجرَّب أو لم تُذكر نتيجته بعد ينتظر. بحسب اليوم الأخير للتمرين.
quality-figure-exercise-lessons = دروس طُبّقت في موعدها
quality-figure-exercise-lessons-how = من الدروس التي لها موعد، ما طُبّق حتى موعده. وما طُبّق بعده، أو انقضى موعده ولم يُطبَّق، ليس في موعده. بحسب الموعد، أو يوم التطبيق إن سبقه.
