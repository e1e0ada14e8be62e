# إطار كل صفحة
web-name = منارة
web-tagline = من بلاغات اليوم إلى إنذار أصحابها وإصلاح أنظمتهم.
web-skip = انتقل إلى المحتوى
web-nav-label = القائمة الرئيسية
web-nav-home = الرئيسية
web-nav-picture = الصورة الوطنية
web-nav-findings = المكتشفات
web-nav-incidents = الحوادث
web-nav-events = الأحداث
web-nav-notices = الإشعارات
web-nav-constituents = الجهات
web-nav-feeds = المصادر
web-nav-batches = الدفعات
web-nav-journal = السجل
web-nav-users = المستخدمون
web-languages-label = اللغة
web-crumbs-label = موقعك في المنصة
web-logout = تسجيل الخروج
web-utc = جميع الأوقات بالتوقيت العالمي المنسق

# الأدوار واللغات
web-role-admin = مدير النظام
web-role-duty = المناوب
web-role-handler = معالج الحوادث
web-role-analyst = محلل
web-role-viewer = مطّلع
web-lang-en = الإنجليزية
web-lang-ar = العربية
web-lang-fr = الفرنسية

# تسجيل الدخول
web-login-title = تسجيل الدخول
web-login-name = اسم المستخدم
web-login-password = كلمة المرور
web-login-enter = دخول
web-login-report = التبليغ عن حادثة دون حساب
web-login-wrong = اسم المستخدم أو كلمة المرور غير صحيح. تحقق منهما وحاول مجددًا؛ ويستطيع مدير النظام أن يعطيك كلمة مرور جديدة.
web-login-wait = { $count ->
    [zero] محاولات كثيرة. حاول مجددًا الآن.
    [one] محاولات كثيرة. انتظر دقيقة واحدة ثم حاول مجددًا.
    [two] محاولات كثيرة. انتظر دقيقتين ثم حاول مجددًا.
    [few] محاولات كثيرة. انتظر { $count } دقائق ثم حاول مجددًا.
    [many] محاولات كثيرة. انتظر { $count } دقيقة ثم حاول مجددًا.
   *[other] محاولات كثيرة. انتظر { $count } دقيقة ثم حاول مجددًا.
}

# عن منارة
web-about-title = عن منارة
web-about-what = منارة فريق وطني للاستجابة لحوادث الحاسوب في برنامج واحد: تقرأ ما ترصده المصادر وأجهزة الاستشعار، وتعرف الجهة المعنية به، وتحفظ ما هو قائم الآن في صورة مكتشفات، وتبلّغ أصحابها بلغتهم.
web-about-how = تعمل على جهاز واحد، وتحفظ كل شيء عليه، ولا تطلب شيئًا من خارجه.
web-about-version = الإصدار
web-about-licence = الرخصة
web-languages-title = اللغات
web-languages-what = نصوص منارة الأصلية بالإنجليزية، وهي مترجمة بالكامل. وإذا نقصت عبارة في إحدى اللغات ظهرت بالإنجليزية وأُدرجت هنا بعد أول ظهور لها.
web-languages-complete = لا عبارة ناقصة.
web-languages-missing = { $count ->
    [zero] لم تظهر أي عبارة بالإنجليزية:
    [one] عبارة واحدة ظهرت بالإنجليزية:
    [two] عبارتان ظهرتا بالإنجليزية:
    [few] { $count } عبارات ظهرت بالإنجليزية:
    [many] { $count } عبارة ظهرت بالإنجليزية:
   *[other] { $count } عبارة ظهرت بالإنجليزية:
}

# الأخطاء: ما حدث، ولماذا، وما العمل
web-error-id = عند طلب المساعدة اذكر هذا الرقم:
web-error-unreadable-title = تعذّر فهم هذا الطلب
web-error-unreadable-why = جزء من العنوان أو من النموذج لا يطابق ما تتوقعه هذه الصفحة.
web-error-unreadable-how = ارجع وراجع ما أدخلته ثم أرسله مجددًا. وإن جئت من رابط فقد يكون مبتورًا.
web-error-sign-in-title = يلزم تسجيل الدخول
web-error-sign-in-why = هذه الصفحة لمن سجّل دخوله، وربما انتهت جلستك.
web-error-sign-in-how = سجّل الدخول ثم افتح الصفحة مجددًا.
web-error-forbidden-title = دورك لا يشمل هذا
web-error-forbidden-why = أنت مسجّل الدخول، لكن هذه الصفحة أو هذا الإجراء يتطلب صلاحية لا يملكها دورك.
web-error-forbidden-how = اطلبها من مدير النظام إن احتجت إليها في عملك.
web-error-stale-form-title = لم يعد النموذج صالحًا
web-error-stale-form-why = فُتح قبل تسجيل دخولك، أو لم يأتِ من هذا الموقع. لم يتغيّر شيء.
web-error-stale-form-how = افتح الصفحة مجددًا وأرسل النموذج مرة أخرى.
web-error-not-found-title = لا شيء هنا
web-error-not-found-why = الصفحة أو القيد غير موجود، أو لا يحق لك الاطلاع عليه.
web-error-not-found-how = تحقق من العنوان، أو ابدأ من الصفحة الرئيسية.
web-error-method-title = لا تستطيع هذه الصفحة ذلك
web-error-method-why = العنوان موجود، لكنه لا يقبل هذا النوع من الطلبات.
web-error-method-how = افتح الصفحة من رابط أو زر في هذا الموقع.
web-error-too-slow-title = استغرق الطلب وقتًا أطول من اللازم
web-error-too-slow-why = لم يُكمل متصفحك الإرسال في الوقت المحدد.
web-error-too-slow-how = تحقق من اتصالك وأرسله مجددًا.
web-error-conflict-title = سبقك غيرك
web-error-conflict-why = القيد موجود من قبل، أو تغيّر بعد أن فتحت الصفحة. لم يُستبدل شيء.
web-error-conflict-how = افتح الصفحة مجددًا واطّلع على ما تغيّر ثم قرّر.
web-error-too-large-title = الحجم أكبر من المسموح
web-error-too-large-why = الملف أو النموذج أكبر مما تقبله هذه الصفحة.
web-error-too-large-how = قسّم الملف أو اضغطه، أو استورده على الخادم من سطر الأوامر.
web-error-unknown-host-title = لا يعرف الخادم نفسه بهذا الاسم
web-error-unknown-host-why = طلبته باسم غير مدرج في إعداداته. وهذا يحمي من صفحات تستدرج المتصفحات.
web-error-unknown-host-how = استخدم العنوان المعتاد، أو اطلب إضافة الاسم إلى الإعدادات.
web-error-too-many-title = محاولات كثيرة
web-error-too-many-why = جرت محاولات كثيرة في وقت قصير.
web-error-too-many-how = انتظر بضع دقائق ثم حاول مجددًا.
web-error-internal-title = حدث خطأ من جانبنا
web-error-internal-why = تعذّر إعداد الصفحة. ليس السبب فيما أدخلته، ولم يُحفظ شيء ناقصًا.
web-error-internal-how = حاول مجددًا. فإن تكرر الخطأ فأعطِ مدير النظام الرقم أدناه، فهو يدل على السبب في سجل التشغيل.
web-error-unavailable-title = لا يستطيع الخادم الرد الآن
web-error-unavailable-why = هو مشغول، أو قيد التشغيل، أو لا يصل إلى قاعدة بياناته.
web-error-unavailable-how = انتظر دقيقة ثم أعد تحميل الصفحة.
web-error-database-title = لا يمكن الوصول إلى قاعدة البيانات
web-error-database-why = الخادم يعمل، لكن قاعدة البيانات التي تحفظ قيوده لا تجيب أو يشغلها عمل آخر. وما قُبل من قبل محفوظ.
web-error-database-how = انتظر دقيقة ثم أعد تحميل الصفحة؛ لا حاجة إلى إعادة تشغيل شيء. وما أرسلته الآن لم يُحفظ، فأعد إرساله بعد ذلك. وإن طال الأمر فأعطِ مدير النظام الرقم أدناه.
web-error-again = إعادة المحاولة
web-error-overdue-title = استغرقت الصفحة وقتًا طويلًا
web-error-overdue-why = احتاجت إلى وقت أطول مما يُسمح به لصفحة فأُوقفت. ولم يُحفظ شيء ناقصًا.
web-error-overdue-how = اطلب أقل: مدة أقصر، أو مصدرًا واحدًا، أو جهة واحدة. وإن طالت صفحة صغيرة أيضًا فأعطِ المسؤول الرقم أدناه.

# القوائم
web-list-filter = تصفية
web-list-all = الكل
web-list-show = عرض
web-list-from = من
web-list-until = إلى
web-list-actions = إجراءات
web-list-filters-set = عوامل التصفية المستخدمة
web-list-remove-filter = إزالة عامل التصفية هذا
web-list-remove-all = إزالة كل عوامل التصفية
web-list-pages = الصفحات
web-list-shown = { $count ->
    [zero] لا شيء معروض
    [one] معروض واحد، وهو الكل
    [two] معروضان اثنان، وهما الكل
    [few] المعروض { $count }، وهي الكل
    [many] المعروض { $count }، وهي الكل
   *[other] المعروض { $count }، وهي الكل
}
web-list-shown-more = { $count ->
    [zero] لا شيء معروض، وهناك المزيد
    [one] معروض واحد، وهناك المزيد
    [two] معروضان اثنان، وهناك المزيد
    [few] المعروض { $count }، وهناك المزيد
    [many] المعروض { $count }، وهناك المزيد
   *[other] المعروض { $count }، وهناك المزيد
}
web-list-first = الصفحة الأولى
web-list-next = الصفحة التالية
web-list-csv = تصدير CSV
web-list-xlsx = تصدير Excel
web-list-json = تصدير JSON
web-list-none-match = لا شيء يطابق عوامل التصفية
web-list-none-match-how = أزل أحد عوامل التصفية أعلاه، أو وسّع نطاق التاريخ.
web-chart-day = اليوم
web-chart-as-table = في جدول

# السجل
web-journal-title = السجل
web-journal-when = الوقت
web-journal-who = الفاعل
web-journal-text = نص في التفاصيل أو القيد
web-journal-plane = المجال
web-journal-verb = الفعل
web-journal-record = القيد
web-journal-detail = التفاصيل
web-journal-none = لم يحدث شيء بعد
web-journal-none-how = يُدوَّن هنا كل تغيير: من فعل ماذا، وبأي قيد، ومتى.
web-plane-watch = الرصد
web-plane-warning = الإنذار
web-plane-response = الاستجابة
web-plane-constituency = الجهات
web-plane-framework = الأطر المرجعية
web-plane-web = الدخول
web-plane-app = النظام
web-plane-store = المخزن
web-verb-logged-in = سجّل الدخول
web-verb-logged-out = سجّل الخروج
web-verb-login-failed = فشل تسجيل دخول
web-verb-user-added = أضاف مستخدمًا
web-verb-user-disabled = عطّل مستخدمًا
web-verb-role-changed = غيّر دور حساب
web-verb-mailboxes-changed = حدد صناديق بريد حساب
web-verb-user-enabled = فعّل مستخدمًا
web-verb-sessions-ended = أنهى جلسات مستخدم
web-verb-password-changed = عيّن كلمة مرور جديدة
web-verb-token-made = أنشأ رمز وصول
web-verb-token-revoked = ألغى رمز وصول
web-verb-first-token-made = أنشأ رمزًا للمدير الأول
web-verb-first-token-refused = رُفض: رمز غير صحيح للمدير الأول
web-verb-webhook-made = أنشأ إخطارًا آليًا
web-verb-webhook-removed = حذف إخطارًا آليًا
web-verb-webhook-restored = استعاد إخطارًا آليًا
web-verb-webhook-disabled = أوقف إخطارًا آليًا
web-verb-webhook-enabled = شغّل إخطارًا آليًا
web-verb-webhook-sent-again = أعاد إرسال رسالة إخطار آلي
web-verb-settings-changed = غيّر إعداداته
web-verb-view-saved = حفظ عرضًا
web-verb-view-changed = غيّر عرضًا
web-verb-view-deleted = حذف عرضًا
web-verb-view-restored = استعاد عرضًا محذوفًا
web-verb-many-changed = أجرى تغييرًا جماعيًا
web-verb-many-restored = تراجع عن تغيير جماعي

# المستخدمون
web-users-title = المستخدمون
web-users-name = الاسم
web-users-role = الدور
web-users-lang = اللغة
web-users-seen = آخر دخول
web-users-never = لم يدخل قط
web-users-sessions = الجلسات المفتوحة
web-users-state = الحالة
web-users-enabled = فعّال
web-users-disabled = معطّل
web-users-enable = تفعيل
web-users-disable = تعطيل
web-users-sign-out = إنهاء جلساته كلها
web-users-none = لا أحد هنا
web-users-none-how = أضف أول مستخدم أدناه.
web-users-add = إضافة مستخدم
web-users-add-button = إضافة
web-users-password = كلمة المرور الأولى
web-users-added = أُضيف { $name }.
web-users-bad-name = يتكون الاسم من حرفين إلى أربعين حرفًا أو رقمًا أو نقطة أو شَرطة أو شَرطة سفلية.
web-users-bad-password = { $count ->
    [zero] اكتب كلمة مرور. الجملة القصيرة كلمة مرور جيدة.
    [one] كلمة المرور حرف واحد على الأقل. الجملة القصيرة كلمة مرور جيدة.
    [two] كلمة المرور حرفان على الأقل. الجملة القصيرة كلمة مرور جيدة.
    [few] كلمة المرور { $count } أحرف على الأقل. الجملة القصيرة كلمة مرور جيدة.
    [many] كلمة المرور { $count } حرفًا على الأقل. الجملة القصيرة كلمة مرور جيدة.
   *[other] كلمة المرور { $count } حرف على الأقل. الجملة القصيرة كلمة مرور جيدة.
}
web-users-taken = هذا الاسم مستخدم من قبل. اختر غيره.
web-users-not-oneself = لا يعطّل أحد نفسه. اطلب ذلك من مدير آخر.
web-users-was-disabled = عُطّل المستخدم وأُنهيت جلساته كلها.
web-users-was-enabled = صار بإمكان المستخدم تسجيل الدخول من جديد.
web-users-signed-out = { $count ->
    [zero] لم تكن هناك جلسة مفتوحة.
    [one] أُنهيت جلسة واحدة.
    [two] أُنهيت جلستان.
    [few] أُنهيت { $count } جلسات.
    [many] أُنهيت { $count } جلسة.
   *[other] أُنهيت { $count } جلسة.
}
web-person-journal = ما قام به
web-person-own = هذا حسابك أنت: تغيّر كلمة مرورك من صفحة «حسابي»، ويغيّر دورك مدير آخر.
web-person-last = هذا آخر مدير يمكنه الدخول. عيّن مديرًا غيره أولًا.
web-person-role = دور آخر
web-person-role-how = تُنهى جلسات المستخدم كلها، وتسري عليه صلاحيات الدور الجديد منذ دخوله التالي.
web-person-role-button = تغيير الدور
web-person-role-did = تغيّر دور { $name } وأُنهيت جلساته.
web-person-role-same = لدى { $name } هذا الدور أصلًا؛ لم يتغيّر شيء.
web-person-password = كلمة مرور جديدة
web-person-password-field = كلمة المرور الجديدة (اتركها فارغة لتُولَّد)
web-person-password-how = كلمة المرور المولَّدة تُعرض مرة واحدة. تُنهى جلسات المستخدم كلها وتتوقف رموزه عن العمل.
web-person-password-button = منح كلمة مرور جديدة
web-person-password-made = كلمة المرور الجديدة
web-person-password-made-how = لا تُعرض إلا الآن. سلّمها إلى صاحبها بطريقة آمنة، وهو يختار غيرها من صفحة «حسابي».
web-person-password-did = لدى { $name } كلمة مرور جديدة، وأُنهيت جلساته كلها.

# الأوقات
# أسماء الشهور تختلف من بلد عربي إلى آخر
web-date-day = { $day } { $months ->
    [levant] { $month ->
            [1] كانون الثاني
            [2] شباط
            [3] آذار
            [4] نيسان
            [5] أيار
            [6] حزيران
            [7] تموز
            [8] آب
            [9] أيلول
            [10] تشرين الأول
            [11] تشرين الثاني
           *[12] كانون الأول
        }
    [morocco] { $month ->
            [1] يناير
            [2] فبراير
            [3] مارس
            [4] أبريل
            [5] ماي
            [6] يونيو
            [7] يوليوز
            [8] غشت
            [9] شتنبر
            [10] أكتوبر
            [11] نونبر
           *[12] دجنبر
        }
    [maghreb] { $month ->
            [1] جانفي
            [2] فيفري
            [3] مارس
            [4] أفريل
            [5] ماي
            [6] جوان
            [7] جويلية
            [8] أوت
            [9] سبتمبر
            [10] أكتوبر
            [11] نوفمبر
           *[12] ديسمبر
        }
    [mauritania] { $month ->
            [1] يناير
            [2] فبراير
            [3] مارس
            [4] إبريل
            [5] مايو
            [6] يونيو
            [7] يوليو
            [8] أغشت
            [9] شتمبر
            [10] أكتوبر
            [11] نوفمبر
           *[12] دجمبر
        }
   *[usual] { $month ->
            [1] يناير
            [2] فبراير
            [3] مارس
            [4] أبريل
            [5] مايو
            [6] يونيو
            [7] يوليو
            [8] أغسطس
            [9] سبتمبر
            [10] أكتوبر
            [11] نوفمبر
           *[12] ديسمبر
        }
} { $year }
web-date-moment = { $day }، { $time } { $zone }
web-ago-now = الآن
web-ago-minutes = { $count ->
    [zero] قبل أقل من دقيقة
    [one] قبل دقيقة
    [two] قبل دقيقتين
    [few] قبل { $count } دقائق
    [many] قبل { $count } دقيقة
   *[other] قبل { $count } دقيقة
}
web-ago-hours = { $count ->
    [zero] قبل أقل من ساعة
    [one] قبل ساعة
    [two] قبل ساعتين
    [few] قبل { $count } ساعات
    [many] قبل { $count } ساعة
   *[other] قبل { $count } ساعة
}
web-ago-days = { $count ->
    [zero] اليوم
    [one] قبل يوم
    [two] قبل يومين
    [few] قبل { $count } أيام
    [many] قبل { $count } يومًا
   *[other] قبل { $count } يوم
}

# الخطورة والحالة
web-severity-info = للعلم
web-severity-low = منخفضة
web-severity-medium = متوسطة
web-severity-high = عالية
web-severity-critical = حرجة
web-state-open = مفتوحة
web-state-notified = أُبلغت الجهة
web-state-acknowledged = أقرّت الجهة
web-state-fixed = أُصلحت
web-state-false-positive = إنذار كاذب
web-state-expired = انقضت
web-state-reopened = عادت

# التصنيف المرجعي لحوادث الأمن
web-class-abusive-content = محتوى مسيء
web-class-malicious-code = برمجيات خبيثة
web-class-information-gathering = جمع المعلومات
web-class-intrusion-attempts = محاولات اختراق
web-class-intrusions = اختراقات
web-class-availability = التوافر
web-class-information-content-security = أمن محتوى المعلومات
web-class-fraud = احتيال
web-class-vulnerable = أنظمة معرّضة
web-class-other = أخرى
web-class-test = اختبار
web-type-spam = بريد مزعج
web-type-harmful-speech = خطاب مؤذٍ
web-type-violence = محتوى استغلالي أو عنيف
web-type-infected-system = نظام مصاب
web-type-c2-server = خادم تحكم وسيطرة
web-type-malware-distribution = توزيع برمجيات خبيثة
web-type-malware-configuration = إعدادات برمجيات خبيثة
web-type-scanner = مسح
web-type-sniffing = تنصّت على الشبكة
web-type-social-engineering = هندسة اجتماعية
web-type-ids-alert = استغلال ثغرات معروفة
web-type-brute-force = محاولات دخول
web-type-exploit = نمط هجوم جديد
web-type-privileged-account-compromise = اختراق حساب ذي صلاحيات
web-type-unprivileged-account-compromise = اختراق حساب عادي
web-type-application-compromise = اختراق تطبيق
web-type-system-compromise = اختراق نظام
web-type-burglary = سطو
web-type-dos = حجب الخدمة
web-type-ddos = حجب الخدمة الموزّع
web-type-misconfiguration = خطأ في الإعداد
web-type-sabotage = تخريب
web-type-outage = انقطاع
web-type-unauthorised-information-access = اطلاع غير مصرّح به على معلومات
web-type-unauthorised-information-modification = تعديل غير مصرّح به لمعلومات
web-type-data-loss = فقدان بيانات
web-type-data-leak = تسريب معلومات سرية
web-type-unauthorised-use-of-resources = استخدام غير مصرّح به للموارد
web-type-copyright = حقوق النشر
web-type-masquerade = انتحال صفة
web-type-phishing = تصيّد
web-type-weak-crypto = تشفير ضعيف
web-type-ddos-amplifier = مضخّم لهجمات حجب الخدمة
web-type-potentially-unwanted-accessible = خدمة مكشوفة قد لا يُراد كشفها
web-type-information-disclosure = إفشاء معلومات
web-type-vulnerable-system = نظام معرّض للاستغلال
web-type-other = غير مصنّف
web-type-undetermined = غير محدّد
web-type-test = اختبار
web-type-blocklist = مدرج في قائمة حظر

# حساب القارئ نفسه
web-account-title = حسابي
web-account-of = حسابي: { $name }
web-account-password = كلمة مرور جديدة
web-account-current = كلمة المرور الحالية
web-account-new = كلمة المرور الجديدة
web-account-again = كلمة المرور الجديدة مرة أخرى
web-account-how = ستُنهى جلساتك في كل مكان آخر.
web-account-change = تغيير كلمة المرور
web-account-differ = كلمتا المرور الجديدتان غير متطابقتين. اكتب الكلمة الجديدة مرتين.
web-account-same = كلمة المرور الجديدة هي نفسها الحالية. اختر غيرها.
web-account-wrong = كلمة المرور الحالية غير صحيحة. يستطيع مدير النظام أن يعطيك كلمة جديدة.
web-account-changed = { $count ->
    [zero] تغيّرت كلمة مرورك.
    [one] تغيّرت كلمة مرورك، وأُنهيت جلسة أخرى واحدة.
    [two] تغيّرت كلمة مرورك، وأُنهيت جلستان أخريان.
    [few] تغيّرت كلمة مرورك، وأُنهيت { $count } جلسات أخرى.
    [many] تغيّرت كلمة مرورك، وأُنهيت { $count } جلسة أخرى.
   *[other] تغيّرت كلمة مرورك، وأُنهيت { $count } جلسة أخرى.
}
web-account-sessions = أين سجّلت الدخول
web-account-made = منذ
web-account-seen = آخر استخدام
web-account-address = من العنوان
web-account-agent = المتصفح
web-account-here = هذه الجلسة
web-account-end = إنهاء
web-account-end-others = إنهاء كل الجلسات الأخرى
web-error-service-off-title = هذه الخدمة غير مشغّلة
web-error-service-off-why = هذه الصفحة من خدمة لا يستعملها هذا الفريق بعد أو أوقفها. وبياناتها محفوظة.
web-error-service-off-how = تشغّلها لبنة من لبنات البناء، أو يشغّلها مدير النظام يدويًا.
web-verb-service-switched-on = شغّل خدمة
web-verb-service-switched-off = أوقف خدمة
web-verb-basic-stage-begun = بدأ بالخدمات الأساسية
web-form-stale = غيّر شخص آخر هذا وهو مفتوح عندك. ما كتبته باقٍ في النموذج، وتحت كل حقل يختلف تظهر القيمة الحالية. الحفظ يضع ما كتبته مكانها.
web-form-now = القيمة الحالية:
web-form-file = اختر الملف من جديد: المتصفح لا يحتفظ به.
