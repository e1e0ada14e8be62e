# مفاتيح البريد

keys-title = المفاتيح
keys-intro = تُستعمل المفاتيح لتوقيع بريدنا وتشفيره لمستلميه. مفاتيحنا هنا مع أسرارها؛ أما غيرنا فلدينا مفاتيحهم العامة، ويؤكد شخص صاحب كل منها.
keys-off = ‏OpenPGP معطّل في الإعدادات: لا يُوقَّع شيء ولا يُشفَّر ولا يُفتح.

## مفاتيحنا
keys-own = مفاتيحنا
keys-own-none = ليس لنا مفتاح بعد: يخرج البريد بلا توقيع، ولا يستطيع أحد أن يشفّر لنا.
keys-own-none-how = ينشئ مدير النظام مفتاحًا هنا، أو يستورد ملف مفتاح.
keys-own-admin = مديرو النظام وحدهم ينشئون مفاتيحنا ويغيّرونها.
keys-none-signs = لا مفتاح لنا يستطيع التوقيع الآن: يخرج البريد بلا توقيع.
keys-signs-now = يوقّع الآن
keys-opens-only = يفتح البريد الأقدم
keys-make = إنشاء مفتاح
keys-do-make = إنشاء المفتاح
keys-make-hint = يوقّع المفتاح الجديد من تلك اللحظة. سرّه في مجلد keys داخل مجلد البيانات، وليس في أي نسخة احتياطية: احفظ نسخة منه في مكان آمن.
keys-make-unreadable = يحتاج المفتاح إلى اسم فيه عنوان بريد، وإلى مدة من 1 إلى 3660 يومًا.
keys-did-make = أُنشئ المفتاح، وهو يوقّع من الآن. احفظ نسخة من مجلد keys في مكان آمن، وانشر المفتاح الجديد.
keys-field-user-id = الاسم والعنوان
keys-field-days = أيام صلاحيته
keys-rotate = التجديد في حينه
keys-rotate-how = لا يدوم المفتاح إلى الأبد. التبديل معناه أن يتولى مفتاح جديد، ويبقى القديم لقراءة ما أُرسل إليه.
keys-rotate-one = يُنشأ المفتاح الجديد للاسم والعنوان نفسيهما، ومن تلك اللحظة يوقّع ما يخرج.
keys-rotate-two = لا يوقّع المفتاح القديم بعد ذلك. وما يشفّره غيرنا له يُفتح كما كان.
keys-rotate-three = انشر المفتاح الجديد حيث كان القديم ليأخذه الآخرون. وهذا الموقع ينشره تلقائيًا.
keys-rotate-not-this = لم يعد هذا المفتاح يوقّع، فلا شيء يُبدَّل.
keys-do-rotate = التبديل الآن

## مفاتيح الآخرين
keys-others = مفاتيح الآخرين
keys-others-none = لا مفاتيح لآخرين بعد.
keys-others-none-how = تصل المفاتيح مع البريد، ويمكنك أيضًا استيراد ملف أو البحث عن مفتاح.
keys-list-search = عنوان أو بصمة
keys-list-show = عرض
keys-show-here = كل المستعمل
keys-show-waiting = ينتظر قرارًا
keys-show-accepted = المقبول
keys-show-rejected = المرفوض
keys-show-ending = ينتهي قريبًا
keys-show-ended = منتهي الصلاحية
keys-show-removed = المُزال
keys-show-all = الكل
keys-standing-own = لنا
keys-standing-unverified = ينتظر قرارًا
keys-standing-accepted = مقبول
keys-standing-rejected = مرفوض
keys-standing-removed = مُزال
keys-means-own = مفتاح لنا، مع سرّه.
keys-means-unverified = لم يقل أحد بعد لمن هذا المفتاح. لا يُشفَّر له شيء. قارن البصمة مع صاحبه، بالهاتف مثلًا، ثم قرّر.
keys-means-accepted = تأكد شخص من صاحب هذا المفتاح: يُشفَّر له البريد ويُوثق بتوقيعاته.
keys-means-rejected = رُفض: لا يُشفَّر له شيء ولا يُوثق بتوقيعاته.
keys-means-removed = أُزيل: لم يعد مستعملًا ولا يعيده بريد. ويمكن استعادته.
keys-source-generated = أُنشئ هنا
keys-source-imported = من ملف
keys-source-attached = مع رسالة
keys-source-autocrypt = من ترويسة رسالة (Autocrypt)
keys-source-directory = نشره النطاق (WKD)
keys-state-revoked = ألغاه صاحبه
keys-state-expired = انتهت صلاحيته
keys-state-ending = { $days ->
    [zero] تنتهي صلاحيته اليوم
    [one] تنتهي صلاحيته بعد يوم واحد
    [two] تنتهي صلاحيته بعد يومين
    [few] تنتهي صلاحيته بعد { $days } أيام
    [many] تنتهي صلاحيته بعد { $days } يومًا
   *[other] تنتهي صلاحيته بعد { $days } يوم
}

## ما يُعرف عن مفتاح
keys-field-who = لمن هو
keys-field-fingerprint = البصمة
keys-field-standing = القرار
keys-field-source = من أين جاء
keys-field-ends = صالح حتى
keys-field-used = آخر استعمال
keys-field-added = أُضيف
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
keys-never-ends = بلا انتهاء
keys-never-used = لم يُستعمل
keys-nobody = بلا اسم

## ما يُفعل بمفتاح
keys-do-accept = قبول
keys-do-reject = رفض
keys-do-remove = إزالة
keys-do-restore = استعادة
keys-do-export = تصدير (.asc)
keys-did-accept = قُبل المفتاح: يُشفَّر له البريد ويُوثق بتوقيعاته.
keys-did-reject = رُفض المفتاح.
keys-did-remove = أُزيل المفتاح.
keys-did-restore = استُعيد المفتاح.
keys-did-bring = المفاتيح الجديدة: { $new }. المحدَّثة: { $renewed }. الموجودة من قبل: { $same }. غير المقروءة: { $refused }.

## الإحضار والبحث
keys-bring = استيراد مفاتيح
keys-bring-file = ملف مفاتيح، نصي أو ثنائي
keys-bring-accept = تحققت من أصحابها: قبولها فورًا
keys-bring-hint = الملف الذي فيه مفتاح سري يجعله من مفاتيحنا؛ ولا يستورد مثله إلا مديرو النظام. أزل عبارة المرور قبل ذلك.
keys-bring-none = لم يُختر ملف.
keys-bring-secret = في الملف مفتاح سري، ولا يستورد مثله إلا مديرو النظام. لم يُستورد شيء.
keys-do-bring = استيراد
keys-find = البحث لدى النطاق
keys-find-hint = يُسأل نطاق العنوان عن مفتاحه (Web Key Directory)، فيعلم أن أحدًا هنا يريد الكتابة إلى ذلك العنوان. وما يُعثر عليه ينتظر قرارًا.
keys-find-again = يمكن أن يُسأل النطاق هل حُدّث المفتاح أو أُلغي.
keys-find-off = سؤال النطاقات عن المفاتيح معطّل، لأنها تعلم به إلى من نكتب. ويمكن لمدير النظام السماح به في cirt.toml:
keys-do-find = بحث
keys-do-find-which = البحث عن { $mail }

## من لا نستطيع الكتابة إليه مشفّرًا
keys-missing-title = جهات اتصال بلا مفتاح
keys-missing-how = لا يصل إلى جهات الاتصال هذه بريد لا يجوز إرساله إلا مشفّرًا.
keys-missing-count = { $count ->
    [zero] لا جهة اتصال بلا مفتاح صالح مقبول، من أصل { $all }.
    [one] جهة اتصال واحدة بلا مفتاح صالح مقبول، من أصل { $all }.
    [two] جهتا اتصال بلا مفتاح صالح مقبول، من أصل { $all }.
    [few] { $count } جهات اتصال بلا مفتاح صالح مقبول، من أصل { $all }.
    [many] { $count } جهة اتصال بلا مفتاح صالح مقبول، من أصل { $all }.
   *[other] { $count } جهة اتصال بلا مفتاح صالح مقبول، من أصل { $all }.
}
keys-missing-none = لكل جهة اتصال مفتاح.
keys-missing-none-how = يمكن أن يصل إليها البريد أيًّا كانت علامته.
keys-missing-nobody = ليس لأي جهة مستفيدة جهة اتصال لها عنوان بريد.
keys-missing-nobody-how = تُدخل جهات الاتصال في صفحات الجهات.

## لماذا لم يُفعل شيء
keys-refused-own = هو من مفاتيحنا: لا يُقبل ولا يُرفض، ويبقى لأنه يفتح ما شُفّر له.
keys-refused-removed = أُزيل المفتاح. استعده أولًا.
keys-refused-no-own = ليس لنا مفتاح بعد لتبديله.
keys-refused-directory-off = سؤال النطاقات عن المفاتيح معطّل في الإعدادات.
keys-refused-address = ليس هذا عنوان بريد لنطاق.
keys-refused-not-given-out = لا ينشر النطاق مفتاحًا لهذا العنوان ({ $why }).
keys-refused-not-of-address = ينشر النطاق مفتاحًا لا يذكر هذا العنوان.
keys-refused-file = تعذّر استيراد المفاتيح: { $why }

## الشهادات
keys-certificates = الشهادات (S/MIME)
keys-certificates-how = يكتب بعضهم بـ S/MIME بدل OpenPGP. وفيه تضمن جهات الإصدار المفاتيح بدل أن يُقبل كل مفتاح على حدة. ولا يُوثق إلا بجهات الإصدار المدرجة هنا.
keys-certificates-none = لا توجد شهادات.
keys-certificates-none-how = ما لم توجد جهة إصدار موثوقة فلا يثبت أي توقيع S/MIME هوية الكاتب.
keys-certificate-own = لنا
keys-certificate-trusted = تضمن غيرها
keys-certificate-removed = مُزالة
keys-certificate-bring = استيراد شهادة
keys-certificate-file = ملف شهادات (PEM أو DER)
keys-certificate-accept = الوثوق بها جهات إصدار
keys-certificate-hint = الملف الذي فيه شهادة مع مفتاحها السري (PEM، ‏PKCS #8، بلا عبارة مرور) يجعلها شهادة لنا: تفتح ما شُفّر لها. والسر في مجلد keys، وليس في أي نسخة احتياطية.
keys-certificate-admin = لا يستورد الشهادات ولا يقرر جهات الإصدار الموثوقة إلا مديرو النظام.
keys-field-issuer = أصدرها
keys-do-export-certificate = تصدير
keys-do-export-which = تصدير { $name }
keys-did-certificate = { $count ->
    [zero] لم تُستورد أي شهادة.
    [one] استُوردت الشهادة.
    [two] استُوردت الشهادتان.
    [few] استُوردت { $count } شهادات.
    [many] استُوردت { $count } شهادة.
   *[other] استُوردت { $count } شهادة.
}
keys-did-certificate-remove = أُزيلت الشهادة: لم تعد تضمن أحدًا.
keys-did-certificate-restore = عادت الشهادة، وهي تضمن غيرها.
keys-refused-not-trusted = ليس في الملف مفتاح سري، فليست الشهادة لنا. ضع علامة في الخانة إن أُريد الوثوق بها جهة إصدار.
