# الإنذار: الإشعارات الموجهة إلى الجهات المخدومة والصندوق المدمج

## الحالات
warning-state-draft = مسودة
warning-state-waiting = ينتظر شخصًا ثانيًا
warning-state-approved = معتمد
warning-state-queued = ينتظر الإرسال
warning-state-sent = مُرسل
warning-state-failed = تعذر إرساله
warning-state-cancelled = ملغى

## الصيغ
warning-format-csv = CSV
warning-format-json = JSON
warning-format-both = CSV و JSON
warning-format-pdf = PDF وCSV
warning-format-all = PDF وCSV وJSON

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
warning-list-first = اعتمده أولًا
warning-list-four-eyes = كل إشعار علامتُه أشدّ من { $tlp } يحتاج إلى شخصين: بعد الاعتماد الأول ينتظر هنا اعتماد شخص آخر. ولا تعتمد أي قاعدة إشعارًا كهذا.
warning-list-none = لا توجد إشعارات بعد
warning-list-none-how = عندما ترد مكتشفات تخص إحدى الجهات تصبح هنا مسودة بلغة تلك الجهة لتعتمدها.
warning-capture-note = لا يخرج البريد: ما يُرسل يذهب إلى الصندوق المدمج ولا يصل إلى أحد في الخارج. للإرسال الفعلي اضبط mail.transport على "smtp" في الإعدادات.

## ما فعله النموذج
warning-chosen-none = لم يُختر أي إشعار. اختر واحدًا على الأقل ثم أعد المحاولة.
warning-did-approve = { $count ->
    [zero] لم يُعتمد أي إشعار.
    [one] اعتُمد إشعار واحد، ويُرسل حال جاهزية مرفقاته.
    [two] اعتُمد إشعاران، ويُرسلان حال جاهزية مرفقاتهما.
    [few] اعتُمدت { $count } إشعارات، وتُرسل حال جاهزية مرفقاتها.
    [many] اعتُمد { $count } إشعارًا، وتُرسل حال جاهزية مرفقاتها.
   *[other] اعتُمد { $count } إشعار، وتُرسل حال جاهزية مرفقاتها.
}
warning-did-first = { $count ->
    [zero] لا إشعار ينتظر شخصًا ثانيًا. المعتمَد نهائيًا: { $approved }.
    [one] نال إشعار واحد اعتماده الأول وينتظر شخصًا ثانيًا. المعتمَد نهائيًا: { $approved }.
    [two] نال إشعاران اعتمادهما الأول وينتظران شخصًا ثانيًا. المعتمَد نهائيًا: { $approved }.
    [few] نالت { $count } إشعارات اعتمادها الأول وتنتظر شخصًا ثانيًا. المعتمَد نهائيًا: { $approved }.
    [many] نال { $count } إشعارًا اعتماده الأول وينتظر شخصًا ثانيًا. المعتمَد نهائيًا: { $approved }.
   *[other] نال { $count } إشعار اعتماده الأول وينتظر شخصًا ثانيًا. المعتمَد نهائيًا: { $approved }.
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
warning-refused-own-approval = أنت من اعتمده أولًا، وعلامته تتطلب اعتماد شخص آخر
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
warning-one-seconded = الاعتماد الثاني
warning-one-alone = الشخص نفسه، إذ لا يحق ذلك لغيره
warning-one-needs-two = علامته تحتاج إلى شخصين: يجب أن يعتمده اثنان من الفريق قبل إرساله.
warning-one-waits = اعتمده شخص واحد. وعلامته تحتاج إلى ثانٍ: اعتمده أنت أيضًا ليُرسَل.
warning-one-waits-own = أنت من اعتمده أولًا. ولا يُرسَل إلا بعد أن يعتمده شخص آخر أيضًا؛ فإن لم يكن ذلك من حق أحد غيرك فاعتمده بنفسك مرة ثانية، ويُدوَّن ذلك في السجل.
warning-one-rule = القاعدة
warning-one-queued = جاهز للإرسال
warning-one-attempts = المحاولات
warning-one-format = صيغة المرفق
warning-one-from = من
warning-one-to = إلى
warning-one-subject = العنوان
warning-one-files = المرفقات
warning-one-no-files = لا يوجد
warning-one-no-pages = لا يوجد ملف PDF: إما لأن بعض الخطوط ناقصة (يبيّنها الأمر `manara doctor`)، وإما لأن الرسالة كانت ستصبح كبيرة جدًا. والجدول يضم كل الصفوف.
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
warning-one-no-key = العلامة { $tlp } لا تسمح بإرساله إلا مشفّرًا، ولا يوجد مفتاح صالح ومقبول لـ { $mails }. اقبل مفتاحًا لكل منهم في صفحة المفاتيح (أو بالأمر `manara mail keys`)، ثم أرسله.
warning-one-leaves = طريقة الإرسال
warning-leaves-plain = بلا توقيع ولا تشفير
warning-leaves-signed = موقّع
warning-leaves-encrypted = مشفّر، لا يقرؤه إلا المستلمون
warning-leaves-no-key = لا يُرسل: ينقص مفتاح
warning-one-error = لم تنجح المحاولة الأخيرة:
warning-one-sending = يجري الآن تسليمه إلى خادم البريد.
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
## صفحات الأحداث المرفقة بالرسالة
warning-sheet-title = أحداث الإشعار { $number }
warning-sheet-day = اليوم
warning-sheet-first = لا يظهر هنا إلا أول { $count } من أصل { $all } من الأحداث. والجدول المرفق يضم كل ما يرافق هذا الإشعار.
warning-sheet-time = الوقت
warning-sheet-address = العنوان
warning-sheet-port = المنفذ
warning-sheet-malware = البرمجية الخبيثة
warning-sheet-identifier = المعرّف
warning-sheet-name = الاسم
warning-sheet-url = الرابط
warning-sheet-destination = الوجهة
warning-sheet-destination-port = منفذ الوجهة
warning-sheet-description = الوصف

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
warning-mailbox-none-how = اعتمد إشعارًا فتظهر رسالته هنا تمامًا كما كانت ستُرسل.

## السجل
warning-verb-notice-drafted = صاغ إشعارًا
warning-verb-notice-approved = اعتمد إشعارًا
warning-verb-notice-first-approved = اعتمد إشعارًا أولَ شخصين
warning-verb-notice-kept-back = أوقف إشعارًا لم يعتمده شخص ثانٍ
warning-verb-notice-queued = جهّز إشعارًا للإرسال
warning-verb-notice-sent = أرسل إشعارًا
warning-verb-notice-failed = تعذر عليه إرسال إشعار
warning-verb-notice-cancelled = ألغى إشعارًا
warning-verb-notice-redrafted = أعاد إشعارًا إلى المسودة
warning-verb-notice-retried = أعاد محاولة إرسال إشعار
warning-verb-notice-restored = تراجع عن قرار في إشعارات كثيرة
warning-verb-answers-given = ردّت على إشعار
warning-verb-link-refused = جرّب رابطًا غير صالح
warning-verb-help-given = سجّل تقديم المساعدة
warning-verb-reminder-made = أعدّ تذكيرًا
warning-verb-escalation-made = أعدّ رسالة إلى الجهة الأعلى
warning-verb-follow-up-ended = أنهى المتابعة
warning-verb-contact-bounced = سجّل ارتداد البريد من جهة اتصال
warning-verb-contact-delayed = سجّل تأخر البريد إلى جهة اتصال أو رفضه مؤقتًا
warning-verb-notice-returned = سجّل ارتداد إشعار من جميع متلقيه
warning-verb-contact-recovered = سجّل وصول البريد إلى جهة اتصال من جديد

## الردود
warning-said-none = لا رد بعد
warning-said-received = وصلت
warning-said-fixed = عولجت
warning-said-false = غير صحيح
warning-said-help = نحتاج إلى مساعدة
warning-said-received-how = استلمتم الرسالة وأنتم تعملون عليها.
warning-said-fixed-how = عولجت المشكلة. وإن وردت بلاغات بعد ذلك أخبرناكم من جديد.
warning-said-false-how = النظام ليس لكم أو البلاغ خاطئ، فنصحح سجلاتنا ونبلغ المصدر.
warning-said-help-how = استلمتم الرسالة ولا تستطيعون المعالجة وحدكم. نتواصل معكم، ويفيد ذكر رقم هاتف في التعليق.
warning-answers-title = ما تقوله الجهة
warning-answers-last = آخر رد
warning-answers-comment = التعليق
warning-answers-notice = الإشعار
warning-answers-when = متى
warning-answers-before = قبل ذلك
warning-answers-way = عن طريق
warning-answers-earlier = { $count ->
    [zero] لا ردود أسبق
    [one] رد أسبق واحد
    [two] ردان أسبقان
    [few] { $count } ردود أسبق
    [many] { $count } ردًا أسبق
   *[other] { $count } رد أسبق
}
warning-via-form = النموذج
warning-via-table = الجدول
warning-list-answered = الردود
warning-list-letter = نوع الرسالة
warning-answered-none = بلا رد
warning-answered-some = عن بعض المكتشفات
warning-answered-all = عن كل المكتشفات
warning-answered-help = مساعدة مطلوبة
warning-letter-notice = إشعار
warning-letter-reminder = تذكير
warning-letter-escalation = رسالة إلى الجهة الأعلى
warning-one-letter = نوعها
warning-one-others = مرتبط بـ
warning-one-answers = كل الردود، الأحدث أولًا
warning-one-link-here = [هنا رابط هذا الإشعار]
warning-one-bounces = يرتد البريد منذ
warning-one-helps = { $count ->
    [zero] لا تطلب الجهة مساعدة.
    [one] تطلب الجهة مساعدة في مكتشف واحد.
    [two] تطلب الجهة مساعدة في مكتشفين.
    [few] تطلب الجهة مساعدة في { $count } مكتشفات.
    [many] تطلب الجهة مساعدة في { $count } مكتشفًا.
   *[other] تطلب الجهة مساعدة في { $count } مكتشف.
}
warning-do-help-given = قُدمت المساعدة
warning-did-help = { $count ->
    [zero] لم تكن هناك مساعدة مطلوبة.
    [one] سُجّل أن المساعدة قُدمت لإشعار واحد.
    [two] سُجّل أن المساعدة قُدمت لإشعارين.
    [few] سُجّل أن المساعدة قُدمت لـ { $count } إشعارات.
    [many] سُجّل أن المساعدة قُدمت لـ { $count } إشعارًا.
   *[other] سُجّل أن المساعدة قُدمت لـ { $count } إشعار.
}
warning-bounces-title = البريد المرتد
warning-bounces-how = رفض خادم البريد هذه العناوين رفضًا نهائيًا. وإلى أن يُقبل أحدها من جديد تُرسل الإشعارات إلى غيرها أولًا. صحّحها أو استبدلها.
warning-bounces-mail = العنوان
warning-bounces-since = منذ
warning-bounces-times = المرات
warning-bounces-said = رد خادم البريد

## الصفحة التي يفتحها رابط الرسالة
warning-link-title = الرد على الإشعار { $number }
warning-link-what = هذه أنظمتكم المذكورة في هذا الإشعار. نرجو أن تذكروا حال كل منها أو حالها جميعًا دفعة واحدة. ويمكن تعديل الرد إلى أن تنتهي صلاحية الرابط.
warning-link-due = نرجو الرد قبل
warning-link-until = يعمل الرابط حتى
warning-link-answered = ما رُدّ عليه حتى الآن
warning-link-answered-of = { $count } من { $all }
warning-link-meaning = ما معنى الردود
warning-link-search = النظام أو ما رُصد
warning-link-rows = أنظمتكم
warning-link-answer = الرد
warning-link-comment = التعليق
warning-link-answer-for = الرد عن { $asset }
warning-link-comment-for = تعليق على { $asset }
warning-link-keep = إرسال هذه الردود
warning-link-keep-how = لا يُرسل إلا ما ترونه في هذه الصفحة، وتبقى الصفوف التي بلا رد كما هي.
warning-link-all = رد واحد عن الجميع
warning-link-choose = اختاروا ردًا
warning-link-which = عن
warning-link-which-open = الأنظمة التي لا رد عنها
warning-link-which-all = كل أنظمة هذا الإشعار
warning-link-all-keep = الرد عن الجميع
warning-link-table = الرد بجدول
warning-link-table-how = نزّلوا الجدول واملؤوا العمود answer بإحدى الكلمات received أو fixed أو false أو help، وأضيفوا تعليقًا حيث شئتم، ثم أعيدوه بصيغة CSV. واتركوا العمود finding كما هو.
warning-link-table-get = تنزيل الجدول (CSV)
warning-link-table-file = الجدول بعد ملئه
warning-link-table-send = إرسال الجدول
warning-link-kept = { $count ->
    [zero] لم يصل رد جديد.
    [one] شكرًا لكم. سُجّل رد واحد.
    [two] شكرًا لكم. سُجّل ردان.
    [few] شكرًا لكم. سُجّلت { $count } ردود.
    [many] شكرًا لكم. سُجّل { $count } ردًا.
   *[other] شكرًا لكم. سُجّل { $count } رد.
}
warning-link-same = { $count ->
    [zero] ولم يكن شيء منها مسجلًا من قبل.
    [one] وكان رد واحد مسجلًا من قبل.
    [two] وكان ردان مسجلين من قبل.
    [few] وكانت { $count } ردود مسجلة من قبل.
    [many] وكان { $count } ردًا مسجلًا من قبل.
   *[other] وكان { $count } رد مسجلًا من قبل.
}
warning-link-troubles = { $count ->
    [zero] سُجّلت كل الصفوف.
    [one] لم يُسجّل صف واحد، وسُجّل ما سواه.
    [two] لم يُسجّل صفان، وسُجّل ما سواهما.
    [few] لم تُسجّل { $count } صفوف، وسُجّل ما سواها.
    [many] لم يُسجّل { $count } صفًا، وسُجّل ما سواها.
   *[other] لم يُسجّل { $count } صف، وسُجّل ما سواها.
}
warning-link-refused-title = هذا الرابط لا يعمل
warning-link-refused-why = قد يكون ناقصًا، أو انتهت صلاحيته، أو حلّت محله رسالة أحدث.
warning-link-refused-how = إن كان من رسالة من رسائلنا فتأكدوا من نسخه كاملًا، أو ردوا على تلك الرسالة بالبريد.
warning-tlp-clear = يجوز تداوله بلا قيود.
warning-tlp-green = يجوز تداوله داخل مجتمعكم دون القنوات العامة.
warning-tlp-amber = لا يُتداول إلا مع من يحتاج إليه في مؤسستكم ولدى عملائها.
warning-tlp-amber-strict = لا يُتداول إلا مع من يحتاج إليه داخل مؤسستكم.
warning-tlp-red = هو لمتلقي الرسالة وحدهم.

## ما آل إليه الجدول
warning-sheet-empty = الجدول فارغ.
warning-sheet-too-large = الجدول أكبر من { $megabytes } ميغابايت.
warning-sheet-no-column = العمود { $column } غير موجود. أعمدة الجدول: { $found }
warning-sheet-column-twice = العمود { $column } مكرر.
warning-sheet-unreadable = تعذرت قراءة الجدول. احفظوه بصيغة CSV ثم أعيدوا المحاولة.
warning-sheet-nothing = لم يتغير شيء.
warning-sheet-blank = { $count ->
    [zero] لكل الأسطر ردود.
    [one] سطر واحد بلا رد.
    [two] سطران بلا رد.
    [few] { $count } أسطر بلا رد.
    [many] { $count } سطرًا بلا رد.
   *[other] { $count } سطر بلا رد.
}
warning-sheet-refused = { $count ->
    [zero] سُجّلت كل الأسطر
    [one] لم يُسجّل سطر واحد
    [two] لم يُسجّل سطران
    [few] لم تُسجّل { $count } أسطر
    [many] لم يُسجّل { $count } سطرًا
   *[other] لم يُسجّل { $count } سطر
}
warning-sheet-refused-how = سُجّلت الأسطر الأخرى. صححوا هذه ثم أعيدوا إرسال الجدول، ويبقى ما سُجّل من قبل.
warning-sheet-lines = الأسطر التي لم تُسجّل
warning-sheet-line = السطر
warning-sheet-column = العمود
warning-sheet-why = السبب
warning-sheet-found = المحتوى
warning-sheet-more = { $count ->
    [zero] لا أسطر أخرى.
    [one] وهناك سطر آخر غير معروض هنا.
    [two] وهناك سطران آخران غير معروضين هنا.
    [few] وهناك { $count } أسطر أخرى غير معروضة هنا.
    [many] وهناك { $count } سطرًا آخر غير معروض هنا.
   *[other] وهناك { $count } سطر آخر غير معروض هنا.
}
warning-sheet-back = العودة إلى أنظمتكم
warning-sheet-other-finding = هذا المكتشف ليس من هذا الإشعار.
warning-sheet-no-answer = الرد ليس واحدًا من: received أو fixed أو false أو help.
warning-sheet-comment-alone = هناك تعليق بلا رد.
warning-sheet-comment-too-long = التعليق أطول من { $most } حرف.
warning-sheet-twice = لهذا المكتشف رد في سطر سابق.
warning-sheet-broken = علامة اقتباس مفتوحة لم تُغلق، أو السطر طويل جدًا.
warning-sheet-fields = عدد الحقول في السطر لا يساوي عددها في الترويسة.
warning-sheet-too-many = الأسطر كثيرة جدًا، فلم يُقرأ هذا السطر ولا ما بعده.
