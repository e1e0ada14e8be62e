# مفاتيح البريد

keys-title = المفاتيح
keys-intro = بالمفاتيح يُوقَّع البريد ويُشفَّر لمن هو له. مفاتيحنا هنا مع أسرارها؛ ومن مفاتيح غيرنا عندنا ما نشروه، ويقول شخص لمن كل مفتاح.
keys-off = ‏OpenPGP مُطفأ في الإعدادات: لا يُوقَّع شيء ولا يُشفَّر ولا يُفتح.

## مفاتيحنا
keys-own = مفاتيحنا
keys-own-none = ليس لنا مفتاح بعد: يخرج البريد بلا توقيع، ولا يستطيع أحد أن يشفّر لنا.
keys-own-none-how = ينشئ مدير النظام مفتاحًا هنا، أو يحضر ملف مفتاح.
keys-own-admin = مديرو النظام وحدهم ينشئون مفاتيحنا ويغيّرونها.
keys-none-signs = لا مفتاح لنا يستطيع التوقيع الآن: يخرج البريد بلا توقيع.
keys-signs-now = يوقّع الآن
keys-opens-only = يفتح البريد الأقدم
keys-make = إنشاء مفتاح
keys-do-make = أنشئ المفتاح
keys-make-hint = يوقّع المفتاح الجديد من تلك اللحظة. سرّه في مجلد keys داخل مجلد البيانات، وليس في أي نسخة احتياطية: احفظ نسخة منه في مكان آمن.
keys-make-unreadable = يحتاج المفتاح إلى اسم فيه عنوان بريد، وإلى مدة من 1 إلى 3660 يومًا.
keys-did-make = أُنشئ المفتاح، وهو يوقّع من الآن. احفظ نسخة من مجلد keys في مكان آمن، وانشر المفتاح الجديد.
keys-field-user-id = الاسم والعنوان
keys-field-days = أيام صلاحيته
keys-rotate = التجديد في حينه
keys-rotate-how = لا يدوم المفتاح إلى الأبد. التبديل معناه أن يتولى مفتاح جديد، ويبقى القديم لقراءة ما أُرسل إليه.
keys-rotate-one = يُنشأ المفتاح الجديد للاسم والعنوان نفسيهما، ومن تلك اللحظة يوقّع ما يخرج.
keys-rotate-two = لا يوقّع المفتاح القديم بعد ذلك. وما يشفّره غيرنا له يُفتح كما كان.
keys-rotate-three = انشر المفتاح الجديد حيث كان القديم، فعلى الآخرين أن يبحثوا عنه أو يبدّلوه. وعنوان هذا الموقع يعطيه من نفسه.
keys-rotate-not-this = لم يعد هذا المفتاح يوقّع، فلا شيء يُبدَّل.
keys-do-rotate = بدّل الآن

## مفاتيح الآخرين
keys-others = مفاتيح الآخرين
keys-others-none = لا مفتاح لأحد غيرنا.
keys-others-none-how = تأتي المفاتيح مع البريد من نفسها؛ أو أحضر ملفًا، أو ابحث عن مفتاح.
keys-list-search = عنوان أو بصمة
keys-list-show = عرض
keys-show-here = كل المستعمل
keys-show-waiting = ينتظر قرارًا
keys-show-accepted = المقبول
keys-show-rejected = المرفوض
keys-show-ending = ينتهي قريبًا
keys-show-ended = انتهى
keys-show-removed = المُزال
keys-show-all = الكل
keys-standing-own = لنا
keys-standing-unverified = ينتظر قرارًا
keys-standing-accepted = مقبول
keys-standing-rejected = مرفوض
keys-standing-removed = مُزال
keys-means-own = مفتاح لنا، مع سرّه.
keys-means-unverified = لم يقل أحد بعد لمن هذا المفتاح. لا يُشفَّر له شيء. قارن البصمة مع صاحبه، بالهاتف مثلًا، ثم قرّر.
keys-means-accepted = تأكد شخص لمن هذا المفتاح: يُشفَّر له البريد، ويُصدَّق ما يوقّعه.
keys-means-rejected = رُفض: لا يُشفَّر له شيء، ولا يُصدَّق ما يوقّعه.
keys-means-removed = أُزيل: لا يُعتدّ به، ولا يعيده بريد. ويمكن أن يُعاد كما كان.
keys-source-generated = أُنشئ هنا
keys-source-imported = من ملف
keys-source-attached = مع رسالة
keys-source-autocrypt = في رأس رسالة (Autocrypt)
keys-source-directory = أعطاه النطاق (WKD)
keys-state-revoked = ألغاه صاحبه
keys-state-expired = انتهى
keys-state-ending = { $days ->
    [zero] ينتهي اليوم
    [one] ينتهي بعد يوم واحد
    [two] ينتهي بعد يومين
    [few] ينتهي بعد { $days } أيام
    [many] ينتهي بعد { $days } يومًا
   *[other] ينتهي بعد { $days } يوم
}

## ما يُعرف عن مفتاح
keys-field-who = لمن هو
keys-field-fingerprint = البصمة
keys-field-standing = القرار
keys-field-source = من أين جاء
keys-field-ends = صالح حتى
keys-field-used = آخر استعمال
keys-field-added = هنا منذ
keys-field-created = أُنشئ
keys-field-decided = تاريخ القرار
keys-field-removed = أُزيل
keys-field-algorithms = الخوارزميات
keys-field-can = ما يستطيعه
keys-field-contact = جهة الاتصال
keys-can-both = التوقيع والتشفير
keys-can-sign = التوقيع فقط
keys-can-encrypt = التشفير فقط
keys-can-nothing = لم يعد يستطيع شيئًا
keys-never-ends = بلا نهاية
keys-never-used = لم يُستعمل
keys-nobody = لا يسمّي أحدًا

## ما يُفعل بمفتاح
keys-do-accept = اقبل
keys-do-reject = ارفض
keys-do-remove = أزل
keys-do-restore = أعد
keys-do-export = صدّر (.asc)
keys-did-accept = قُبل المفتاح: يُشفَّر له البريد، ويُصدَّق ما يوقّعه.
keys-did-reject = رُفض المفتاح.
keys-did-remove = أُزيل المفتاح.
keys-did-restore = عاد المفتاح كما كان.
keys-did-bring = المفاتيح الجديدة: { $new }. المجدَّدة: { $renewed }. الموجودة من قبل: { $same }. غير المقروءة: { $refused }.

## الإحضار والبحث
keys-bring = إحضار مفاتيح
keys-bring-file = ملف مفاتيح، نصي أو ثنائي
keys-bring-accept = تأكدت لمن هي: اقبلها فورًا
keys-bring-hint = الملف الذي فيه مفتاح سري يجعله مفتاحًا لنا؛ ومديرو النظام وحدهم يحضرون مثله. ويجب أن تُنزع عبارة مروره قبل ذلك.
keys-bring-none = لم يُختر ملف.
keys-bring-secret = في الملف مفتاح سري؛ مديرو النظام وحدهم يحضرون مثله. لم يُؤخذ شيء.
keys-do-bring = أحضر
keys-find = البحث لدى النطاق
keys-find-hint = يُسأل نطاق العنوان عن مفتاحه (Web Key Directory)، فيعلم أن أحدًا هنا يريد الكتابة إلى ذلك العنوان. وما يُعثر عليه ينتظر قرارًا.
keys-find-again = يمكن أن يُسأل النطاق هل جُدّد المفتاح أو أُلغي.
keys-find-off = سؤال النطاقات عن المفاتيح مُطفأ، لأنها تعلم به إلى من نكتب. يسمح به مدير النظام في cirt.toml:
keys-do-find = ابحث
keys-do-find-which = ابحث عن { $mail }

## من لا نستطيع الكتابة إليه مشفّرًا
keys-missing-title = جهات اتصال بلا مفتاح
keys-missing-how = لا يُكتب إلى جهات الاتصال هذه شيء مشفّر: فما لا يسمح وسمه بخروجه إلا مشفّرًا لا يصل إليها.
keys-missing-count = { $count ->
    [zero] لا جهة اتصال بلا مفتاح صالح مقبول، من أصل { $all }.
    [one] جهة اتصال واحدة بلا مفتاح صالح مقبول، من أصل { $all }.
    [two] جهتا اتصال بلا مفتاح صالح مقبول، من أصل { $all }.
    [few] { $count } جهات اتصال بلا مفتاح صالح مقبول، من أصل { $all }.
    [many] { $count } جهة اتصال بلا مفتاح صالح مقبول، من أصل { $all }.
   *[other] { $count } جهة اتصال بلا مفتاح صالح مقبول، من أصل { $all }.
}
keys-missing-none = لكل جهة اتصال مفتاح.
keys-missing-none-how = يمكن أن يصل إليها البريد أيًّا كان وسمه.
keys-missing-nobody = ليست لأي جهة جهة اتصال بعنوان بريد.
keys-missing-nobody-how = تُدخل جهات الاتصال في صفحات الجهات.

## لماذا لم يُفعل شيء
keys-refused-own = هو مفتاح لنا: لا يقرّر بشأنه أحد، ويبقى لأنه يفتح ما شُفّر له.
keys-refused-removed = أُزيل المفتاح. أعده أولًا.
keys-refused-no-own = ليس لنا مفتاح بعد ليُبدَّل.
keys-refused-directory-off = سؤال النطاقات عن المفاتيح مُطفأ في الإعدادات.
keys-refused-address = ليس هذا عنوان بريد لنطاق.
keys-refused-not-given-out = لا يعطي النطاق مفتاحًا لهذا العنوان ({ $why }).
keys-refused-not-of-address = ما يعطيه النطاق ليس مفتاحًا فيه هذا العنوان.
keys-refused-file = تعذّر أخذ المفاتيح: { $why }

## الشهادات
keys-certificates = الشهادات (S/MIME)
keys-certificates-how = يكتب بعضهم بـ S/MIME بدل OpenPGP. وهناك لا يقبل أحد المفاتيح مفتاحًا مفتاحًا، بل تضمنها جهات إصدار. ولا يُصدَّق إلا ما هو هنا منها.
keys-certificates-none = لا توجد شهادات.
keys-certificates-none-how = ما دامت لا جهة إصدار موثوقة، فكل توقيع بـ S/MIME هو لشهادة لا يضمنها أحد.
keys-certificate-own = لنا
keys-certificate-trusted = تضمن غيرها
keys-certificate-removed = مُزالة
keys-certificate-bring = إحضار شهادة
keys-certificate-file = ملف شهادات (PEM أو DER)
keys-certificate-accept = يجوز لها أن تضمن من صُنعت لهم
keys-certificate-hint = الملف الذي فيه شهادة مع مفتاحها السري (PEM، ‏PKCS #8، بلا عبارة مرور) يجعلها شهادة لنا: تفتح ما شُفّر لها. والسر في مجلد keys، وليس في أي نسخة احتياطية.
keys-certificate-admin = مديرو النظام وحدهم يحضرون الشهادات ويقولون من يُصدَّق.
keys-field-issuer = أصدرها
keys-do-export-certificate = صدّر
keys-do-export-which = صدّر { $name }
keys-did-certificate = { $count ->
    [zero] لم تُحضر أي شهادة.
    [one] الشهادة هنا الآن.
    [two] الشهادتان هنا الآن.
    [few] { $count } شهادات هنا الآن.
    [many] { $count } شهادة هنا الآن.
   *[other] { $count } شهادة هنا الآن.
}
keys-did-certificate-remove = أُزيلت الشهادة: لم تعد تضمن أحدًا.
keys-did-certificate-restore = عادت الشهادة، وهي تضمن غيرها.
keys-refused-not-trusted = ليس مع الشهادة مفتاح سري، فليست لنا. قل إنه يجوز لها أن تضمن غيرها، إن كان ذلك مرادًا.
