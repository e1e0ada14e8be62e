# الإعدادات
desk-account = الإعدادات والعروض
desk-account-what = اللغة والأرقام والتقويم والتوقيت والمظهر والمفاتيح لك وحدك، وكذلك ما تحفظه من عروض القوائم.
desk-save = حفظ
desk-times-in = الأوقات بتوقيت { $zone }
desk-settings-title = إعداداتي
desk-settings-saved = حُفظت إعداداتك.
desk-settings-bad-zone = لا توجد منطقة زمنية باسم { $zone }. اختر من القائمة.
desk-settings-words = اللغة والأرقام
desk-settings-lang = اللغة
desk-settings-region = البلد
desk-settings-no-region = بلا تحديد
desk-settings-region-hint = تُكتب الأعداد وأسماء الشهور بالعربية كما تُكتب في البلد المختار. أما الإنجليزية والفرنسية فلهما كتابة واحدة.
desk-settings-digits = الأرقام في العربية
desk-digits-region = كما يكتبها البلد
desk-digits-latin = 0123456789
desk-digits-arabic = ٠١٢٣٤٥٦٧٨٩
desk-settings-times = الأيام والأوقات
desk-settings-zone = المنطقة الزمنية
desk-settings-calendar = التقويم
desk-calendar-gregorian = الميلادي
desk-calendar-islamic = الميلادي ومعه التاريخ الهجري
desk-calendar-hint = التاريخ الهجري محسوب بالتقويم الجدولي، وقد يختلف يومًا عن التاريخ المعلن.
desk-settings-look = المظهر ولوحة المفاتيح
desk-settings-theme = المظهر
desk-theme-system = كما في الجهاز
desk-theme-light = فاتح
desk-theme-dark = داكن
desk-theme-contrast = تباين عالٍ
desk-settings-density = ارتفاع الأسطر
desk-density-roomy = مريح
desk-density-dense = مضغوط
desk-settings-keys = اختصارات بمفتاح واحد
desk-settings-keys-hint = عطّل هذا إن كنت تُملي بصوتك أو كانت المفاتيح تعترضك. وتبقى قائمة الاختصارات.
desk-settings-sample = كما يظهر الآن
desk-sample-number = عدد
desk-sample-day = اليوم
desk-sample-moment = الآن
desk-sample-address = العنوان لا يتغير

# عروض القوائم وأعمدتها
desk-views-title = العروض المحفوظة
desk-views-what = العرض قائمة بعوامل تصفيتها وترتيبها وأعمدتها تحت اسم. احفظ عرضًا من أي قائمة، ويرى الفريق ما تشاركه منها.
desk-views-none = لا عروض محفوظة بعد
desk-views-none-how = افتح قائمة، واضبط عوامل تصفيتها، ثم اختر «حفظ هذا العرض».
desk-views-of-list = القائمة
desk-views-save = حفظ هذا العرض
desk-views-save-hint = يحل محل عرض سابق بالاسم نفسه. للتسمية والحذف:
desk-views-name = اسم العرض
desk-views-share = يراه الفريق كله
desk-views-first = عرضي الافتراضي لهذه القائمة
desk-views-team = الفريق
desk-views-first-badge = افتراضي
desk-views-make-first = جعله الافتراضي
desk-views-make-not-first = عدم جعله الافتراضي
desk-views-rename = تسمية أو مشاركة
desk-views-delete = حذف
desk-views-were-deleted = حُذفت في آخر 30 يومًا
desk-views-restore = استعادة
desk-views-saved = حُفظ العرض { $name }.
desk-views-renamed = غُيّر العرض.
desk-views-deleted = حُذف العرض { $name }، ويمكنك استعادته أدناه.
desk-views-restored = استُعيد العرض { $name }.
desk-views-is-first = صار { $name } عرضك الافتراضي لقائمته.
desk-views-not-first = سترى القائمة كاملة من جديد بدل { $name }.
desk-views-bad-name = لم يُحفظ العرض: يتكون اسمه من حرف واحد إلى 60 حرفًا.
desk-views-too-many = لم يُحفظ العرض: لديك 200 عرض. احذف بعضها أولًا.
desk-views-too-long = لم يُحفظ العرض: عوامل تصفيته أطول مما ينبغي.
desk-views-taken = لعرض آخر من هذه القائمة الاسم نفسه. اختر اسمًا غيره أو احذف ذلك العرض أولًا.
desk-columns = الأعمدة
desk-columns-which = الأعمدة الظاهرة

# البلدان
desk-region-ae = الإمارات العربية المتحدة
desk-region-bh = البحرين
desk-region-dj = جيبوتي
desk-region-dz = الجزائر
desk-region-eg = مصر
desk-region-iq = العراق
desk-region-jo = الأردن
desk-region-km = جزر القمر
desk-region-kw = الكويت
desk-region-lb = لبنان
desk-region-ly = ليبيا
desk-region-ma = المغرب
desk-region-mr = موريتانيا
desk-region-om = عُمان
desk-region-ps = فلسطين
desk-region-qa = قطر
desk-region-sa = المملكة العربية السعودية
desk-region-sd = السودان
desk-region-so = الصومال
desk-region-sy = سوريا
desk-region-tn = تونس
desk-region-ye = اليمن

# التقويم الهجري الجدولي
desk-islamic-day = { $day } { $month ->
    [1] محرم
    [2] صفر
    [3] ربيع الأول
    [4] ربيع الآخر
    [5] جمادى الأولى
    [6] جمادى الآخرة
    [7] رجب
    [8] شعبان
    [9] رمضان
    [10] شوال
    [11] ذو القعدة
   *[12] ذو الحجة
} { $year } هـ

# البحث في كل شيء
desk-search = بحث
desk-search-title = البحث
desk-search-text = رقم أو عنوان أو اسم أو كلمات
desk-search-what = { $count ->
    [zero] يمكنك العثور على الحوادث والإشعارات والبلاغات والتحقيقات والتدابير المضادة بأرقامها، وعلى المكتشفات بالعنوان أو الاسم، وعلى الجهات بالاسم أو الشبكة أو النطاق أو رقم AS، وعلى الدفعات بالبصمة، وعلى المصادر والتمارين والتقييمات والبرامج بأسمائها؛ أما الكلمات في العناوين والملاحظات وأسماء الملفات ففي أحدث السجلات.
    [one] يمكنك العثور على الحوادث والإشعارات والبلاغات والتحقيقات والتدابير المضادة بأرقامها، وعلى المكتشفات بالعنوان أو الاسم، وعلى الجهات بالاسم أو الشبكة أو النطاق أو رقم AS، وعلى الدفعات بالبصمة، وعلى المصادر والتمارين والتقييمات والبرامج بأسمائها؛ أما الكلمات في العناوين والملاحظات وأسماء الملفات ففي أحدث سجل.
    [two] يمكنك العثور على الحوادث والإشعارات والبلاغات والتحقيقات والتدابير المضادة بأرقامها، وعلى المكتشفات بالعنوان أو الاسم، وعلى الجهات بالاسم أو الشبكة أو النطاق أو رقم AS، وعلى الدفعات بالبصمة، وعلى المصادر والتمارين والتقييمات والبرامج بأسمائها؛ أما الكلمات في العناوين والملاحظات وأسماء الملفات ففي أحدث سجلين.
    [few] يمكنك العثور على الحوادث والإشعارات والبلاغات والتحقيقات والتدابير المضادة بأرقامها، وعلى المكتشفات بالعنوان أو الاسم، وعلى الجهات بالاسم أو الشبكة أو النطاق أو رقم AS، وعلى الدفعات بالبصمة، وعلى المصادر والتمارين والتقييمات والبرامج بأسمائها؛ أما الكلمات في العناوين والملاحظات وأسماء الملفات ففي أحدث { $count } سجلات من كل نوع.
    [many] يمكنك العثور على الحوادث والإشعارات والبلاغات والتحقيقات والتدابير المضادة بأرقامها، وعلى المكتشفات بالعنوان أو الاسم، وعلى الجهات بالاسم أو الشبكة أو النطاق أو رقم AS، وعلى الدفعات بالبصمة، وعلى المصادر والتمارين والتقييمات والبرامج بأسمائها؛ أما الكلمات في العناوين والملاحظات وأسماء الملفات ففي أحدث { $count } سجلًا من كل نوع.
   *[other] يمكنك العثور على الحوادث والإشعارات والبلاغات والتحقيقات والتدابير المضادة بأرقامها، وعلى المكتشفات بالعنوان أو الاسم، وعلى الجهات بالاسم أو الشبكة أو النطاق أو رقم AS، وعلى الدفعات بالبصمة، وعلى المصادر والتمارين والتقييمات والبرامج بأسمائها؛ أما الكلمات في العناوين والملاحظات وأسماء الملفات ففي أحدث { $count } سجل من كل نوع.
}
desk-search-none = لم يُعثر على شيء
desk-search-none-how = تحقق من الكتابة، أو ابحث عن جزء من الكلمات، أو ابحث في إحدى القوائم أدناه، فهي تبحث في كل شيء.
desk-search-notes = ملاحظات الحوادث
desk-search-further = متابعة البحث
desk-search-events-from = الأحداث الصادرة من هذا العنوان
desk-search-events-to = الأحداث المتجهة إلى هذا العنوان
desk-search-events = كل الأحداث التي فيها هذا النص
desk-search-findings = كل المكتشفات التي فيها هذا النص
desk-search-incidents = كل الحوادث التي فيها هذا النص
desk-search-all-notices = كل الإشعارات التي فيها هذا النص

# المفاتيح
desk-keys-title = اختصارات لوحة المفاتيح
desk-keys-what = حيث يشغّل المتصفح البرامج تعمل هذه الاختصارات في كل صفحة خارج الحقول. وكل ما تفعله متاح بالروابط أيضًا.
desk-keys-off = الاختصارات بمفتاح واحد معطّلة في إعداداتك، ولا يعمل إلا Ctrl K.
desk-keys-everywhere = في كل صفحة
desk-keys-go = الانتقال إلى صفحة
desk-key-palette = فتح اللوحة: للبحث والانتقال إلى أي صفحة
desk-key-keys = عرض اختصارات لوحة المفاتيح
desk-key-next = السطر التالي في القائمة
desk-key-before = السطر السابق
desk-key-open = فتح السطر (ومفتاح Enter كذلك)
desk-key-tick = تحديد السطر أو إلغاء تحديده
desk-key-page = الصفحة التالية
desk-key-first = الصفحة الأولى
desk-key-close = إغلاق اللوحة
desk-palette-title = بحث وانتقال
desk-palette-failed = لم يجب الخادم. يبحث مفتاح Enter في صفحة مستقلة.
desk-search-research = كل ما هو معروف عنه
# البحث والتقصي
desk-research-title = التقصي
desk-research = تقصٍّ
desk-research-text = عنوان أو اسم أو بريد أو بصمة أو ثغرة أو رقم نظام مستقل
desk-research-what = الصقه كما هو عندك، ولو بصيغة غير ضارة مثل hxxp://bad[.]example. يُعرض كل ما يُعرف عنه هنا: المالكون والمكتشفات والإشعارات والحوادث والبلاغات والأحداث.
desk-research-none = لا شيء هنا يمكن تقصيه
desk-research-none-how = أدخل عنوانًا أو نطاقًا أو رابطًا أو عنوان بريد أو بصمة (MD5 أو SHA-1 أو SHA-256) أو ثغرة (CVE-2024-3400) أو رقم نظام مستقل (AS64500).
desk-research-nothing = لا يُعرف عنه شيء هنا.
desk-research-words = البحث عنه كنص
desk-research-speaking = بلاغات وحوادث تتحدث عنه
desk-research-events = أحداث تذكره
desk-research-slow = استغرق البحث في الأحداث وقتًا أطول من اللازم. حاول مرة أخرى، أو انظر قائمة الأحداث في مدة أقصر.
desk-research-feed = المصدر
desk-research-class = الصنف
desk-research-count = الأحداث
desk-research-first = الأول
desk-research-last = الأخير
desk-research-kind-ip = عنوان
desk-research-kind-cidr = شبكة
desk-research-kind-domain = نطاق
desk-research-kind-url = رابط
desk-research-kind-mail = عنوان بريد
desk-research-kind-hash_md5 = بصمة MD5
desk-research-kind-hash_sha1 = بصمة SHA-1
desk-research-kind-hash_sha256 = بصمة SHA-256
desk-research-kind-hash_sha512 = بصمة SHA-512
desk-research-kind-cve = ثغرة
desk-research-kind-asn = رقم نظام مستقل
