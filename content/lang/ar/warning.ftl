# الإنذار: الإشعارات الموجهة إلى الجهات المخدومة والصندوق المدمج

## الحالات
warning-state-draft = مسودة
warning-state-approved = معتمد
warning-state-queued = ينتظر الإرسال
warning-state-sent = مُرسل
warning-state-failed = تعذر إرساله
warning-state-cancelled = ملغى

## الصيغ
warning-format-csv = CSV
warning-format-json = JSON
warning-format-both = CSV و JSON

## القائمة
warning-list-title = الإشعارات
warning-list-search = الجهة أو الرقم
warning-list-state = الحالة
warning-list-class = الصنف
warning-list-constituent = الجهة
warning-list-language = اللغة
warning-list-created = أُنشئ
warning-list-severity = الخطورة
warning-list-findings = المكتشفات
warning-list-events = الأحداث
warning-list-sent = أُرسل
warning-list-number = الرقم
warning-list-tlp = العلامة
warning-list-choose = اختيار
warning-list-tick = اختيار الإشعار { $number }
warning-list-unfilled = المرفقات قيد الإعداد
warning-list-approve = اعتماد
warning-list-cancel = إلغاء
warning-list-redraft = إعادة إلى المسودة
warning-list-retry = إعادة المحاولة
warning-list-approve-all = اعتماد كل المعروض
warning-list-none = لا توجد إشعارات بعد
warning-list-none-how = عندما ترد مكتشفات تخص إحدى الجهات تصبح هنا مسودة بلغة تلك الجهة لتعتمدوها.
warning-capture-note = البريد باقٍ داخل الدار: ما يُرسل يذهب إلى الصندوق المدمج ولا يصل إلى أحد في الخارج. للإرسال الفعلي اضبطوا mail.transport على "smtp" في الإعدادات.

## ما فعله النموذج
warning-chosen-none = لم يُختر أي إشعار. اختاروا واحدًا على الأقل ثم أعيدوا المحاولة.
warning-did-approve = { $count ->
    [zero] لم يُعتمد أي إشعار.
    [one] اعتُمد إشعار واحد، ويُرسل حال جاهزية مرفقاته.
    [two] اعتُمد إشعاران، ويُرسلان حال جاهزية مرفقاتهما.
    [few] اعتُمدت { $count } إشعارات، وتُرسل حال جاهزية مرفقاتها.
    [many] اعتُمد { $count } إشعارًا، وتُرسل حال جاهزية مرفقاتها.
   *[other] اعتُمد { $count } إشعار، وتُرسل حال جاهزية مرفقاتها.
}
warning-did-cancel = { $count ->
    [zero] لم يُلغَ أي إشعار.
    [one] أُلغي إشعار واحد، ولن يُصاغ ما يخبر عنه مرة أخرى اليوم.
    [two] أُلغي إشعاران، ولن يُصاغ ما يخبران عنه مرة أخرى اليوم.
    [few] أُلغيت { $count } إشعارات، ولن يُصاغ ما تخبر عنه مرة أخرى اليوم.
    [many] أُلغي { $count } إشعارًا، ولن يُصاغ ما تخبر عنه مرة أخرى اليوم.
   *[other] أُلغي { $count } إشعار، ولن يُصاغ ما تخبر عنه مرة أخرى اليوم.
}
warning-did-redraft = { $count ->
    [zero] لم يُعد أي إشعار إلى المسودة.
    [one] عاد إشعار واحد إلى المسودة.
    [two] عاد إشعاران إلى المسودة.
    [few] عادت { $count } إشعارات إلى المسودة.
    [many] عاد { $count } إشعارًا إلى المسودة.
   *[other] عاد { $count } إشعار إلى المسودة.
}
warning-did-retry = { $count ->
    [zero] لا تُعاد محاولة إرسال أي إشعار.
    [one] تُعاد محاولة إرسال إشعار واحد.
    [two] تُعاد محاولة إرسال إشعارين.
    [few] تُعاد محاولة إرسال { $count } إشعارات.
    [many] تُعاد محاولة إرسال { $count } إشعارًا.
   *[other] تُعاد محاولة إرسال { $count } إشعار.
}
warning-did-some = ما تم: { $done }. وما لم يتم: { $refused }، وسبب أولها: { $why }.
warning-refused-already-sent = أُرسل من قبل
warning-refused-being-sent = يجري إرساله في هذه اللحظة
warning-refused-no-recipient = ليس للجهة اتصال له عنوان بريد
warning-refused-other-draft = توجد مسودة أخرى للجهة والصنف واليوم نفسها
warning-refused-not-found = غير موجود
warning-refused-not-from = حالته لا تسمح بذلك

## إشعار واحد
warning-do-approve = اعتماد
warning-do-cancel = إلغاء
warning-do-redraft = إعادة إلى المسودة
warning-do-retry = إعادة المحاولة
warning-one-facts = موضوعه
warning-one-course = مساره
warning-one-preview = كما سيصل
warning-one-told = المكتشفات التي يخبر عنها
warning-one-journal = السجل
warning-one-confidence = درجة الثقة
warning-one-assets = الأنظمة
warning-one-answer = الرد المطلوب
warning-one-answer-days = { $count ->
    [zero] في اليوم نفسه
    [one] خلال يوم واحد
    [two] خلال يومين
    [few] خلال { $count } أيام
    [many] خلال { $count } يومًا
   *[other] خلال { $count } يوم
}
warning-one-approved = اعتُمد
warning-one-rule = القاعدة
warning-one-queued = جاهز للإرسال
warning-one-attempts = المحاولات
warning-one-format = صيغة المرفق
warning-one-from = من
warning-one-to = إلى
warning-one-subject = العنوان
warning-one-files = المرفقات
warning-one-no-files = لا يوجد
warning-one-file-size = { $rows ->
    [zero] لا أحداث، الحجم بالبايت: { $bytes }
    [one] حدث واحد، الحجم بالبايت: { $bytes }
    [two] حدثان، الحجم بالبايت: { $bytes }
    [few] { $rows } أحداث، الحجم بالبايت: { $bytes }
    [many] { $rows } حدثًا، الحجم بالبايت: { $bytes }
   *[other] { $rows } حدث، الحجم بالبايت: { $bytes }
}
warning-one-header = ترويسة الرسالة
warning-one-nobody = لا أحد
warning-one-nobody-how = إضافة جهة اتصال لها عنوان بريد
warning-one-in-box = عرضه في الصندوق
warning-one-problem = لا يمكن بناء الرسالة بعد:
warning-one-error = لم تنجح المحاولة الأخيرة:
warning-one-sending = يجري الآن التخاطب مع خادم البريد.
warning-one-unfilled = المرفقات قيد الإعداد، وستذكرها الرسالة، ولا يُرسل الإشعار قبل ذلك.
warning-one-asset = النظام
warning-one-what = ما رُصد
warning-one-first = أول رصد
warning-one-last = آخر رصد
warning-one-more = { $count ->
    [zero] لا مكتشفات أخرى.
    [one] وهناك مكتشف آخر غير معروض هنا.
    [two] وهناك مكتشفان آخران غير معروضين هنا.
    [few] وهناك { $count } مكتشفات أخرى غير معروضة هنا.
    [many] وهناك { $count } مكتشفًا آخر غير معروض هنا.
   *[other] وهناك { $count } مكتشف آخر غير معروض هنا.
}

## الصندوق المدمج
warning-mailbox-title = الصندوق المدمج
warning-mailbox-search = العنوان أو المتلقي
warning-mailbox-at = وقت الالتقاط
warning-mailbox-size = الحجم بالبايت
warning-mailbox-whole = الرسالة كاملة
warning-mailbox-text = نص الرسالة
warning-mailbox-notice = الإشعار
warning-mailbox-to-notice = فتح الإشعار
warning-mailbox-none = الصندوق فارغ
warning-mailbox-none-how = اعتمدوا إشعارًا فتظهر رسالته هنا تمامًا كما كانت ستُرسل.

## السجل
warning-verb-notice-drafted = صاغ إشعارًا
warning-verb-notice-approved = اعتمد إشعارًا
warning-verb-notice-queued = جهّز إشعارًا للإرسال
warning-verb-notice-sent = أرسل إشعارًا
warning-verb-notice-failed = تعذر عليه إرسال إشعار
warning-verb-notice-cancelled = ألغى إشعارًا
warning-verb-notice-redrafted = أعاد إشعارًا إلى المسودة
warning-verb-notice-retried = أعاد محاولة إرسال إشعار
