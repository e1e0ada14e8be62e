# واجهة البرمجة: صفحتها ومشكلاتها ورموز الوصول

api-title = واجهة البرمجة
api-what = تفعل البرامج هنا ما يفعله الفريق على الصفحات: القراءة والرفع واتخاذ القرار. وكل طلب يحمل رمز وصول لشخص.
api-how = أنشئ رمز وصول، وامنحه الصلاحيات التي يحتاجها البرنامج، وأرسله مع كل طلب:
api-document = وثيقة OpenAPI
api-request = الطلب
api-does = ما يفعله
api-body = المحتوى
api-scope = الصلاحية
api-scopes = الصلاحيات
api-problems = المشكلات
api-problems-what = الطلب الذي لا يُنفَّذ يتلقى أحد هذه الرموز، وهي لا تتغير من إصدار إلى آخر.
api-code = الرمز
api-status = الحالة
api-means = المعنى

api-problem-unreadable = تعذرت قراءة الطلب
api-problem-token = لا يوجد رمز وصول صالح
api-problem-scope = رمز الوصول لا يسمح بهذا
api-problem-not-found = لا يوجد سجل كهذا
api-problem-method = هذا المسار لا يقبل هذه الطريقة
api-problem-too-slow = استغرق وصول الطلب وقتًا طويلًا
api-problem-refused = لا تسمح حالة السجل بهذا الآن
api-problem-running = هذا الأمر قيد التنفيذ
api-problem-done = نُفِّذ هذا الأمر من قبل
api-problem-stale = تغيّر السجل في هذه الأثناء
api-problem-too-large = المحتوى كبير جدًا
api-problem-media-type = نوع المحتوى غير صحيح
api-problem-unknown-host = لا يعرف الخادم هذا الاسم
api-problem-invalid = إحدى القيم غير صحيحة
api-problem-key-reused = استُخدم المفتاح لأمر آخر
api-problem-match-wanted = يجب أن يحدد الطلب الحالة التي يغيّرها
api-problem-too-many = طلبات كثيرة جدًا
api-problem-internal = حدث خطأ في الخادم
api-problem-unavailable = لا يستطيع الخادم الرد الآن
api-problem-database = لا يمكن الوصول إلى قاعدة البيانات؛ أعد المحاولة بعد Retry-After

api-scope-findings-read = الاطلاع على المكتشفات
api-scope-findings-answer = الرد نيابة عن الجهات
api-scope-events-read = البحث في الأحداث والاستعلام بلغة SQL
api-scope-batches-read = الاطلاع على الدفعات
api-scope-batches-run = رفع الملفات
api-scope-feeds-read = الاطلاع على المصادر
api-scope-constituents-read = الاطلاع على الجهات
api-scope-constituents-change = تعديل الجهات
api-scope-notices-read = الاطلاع على الإشعارات
api-scope-notices-send = تقرير ما يُرسل
api-scope-incidents-read = الاطلاع على الحوادث
api-scope-incidents-handle = معالجة الحوادث
api-scope-journal-read = قراءة السجل
api-scope-webhooks-manage = إنشاء الإخطارات الآلية وإدارتها
api-scope-people-manage = إدارة المستخدمين: الحسابات والأدوار وكلمات المرور

api-tokens-title = رموز الوصول الخاصة بي
api-tokens-what = يتيح رمز الوصول لبرنامج أن يعمل نيابة عنك في الحدود التي تضعها. وما يفعله يُكتب في السجل باسمك واسمه.
api-tokens-go = عرض رموز الوصول
api-tokens-none = ليست لديك رموز وصول
api-tokens-none-how = أنشئ رمزًا أدناه حين يحتاج برنامج إلى استخدام واجهة البرمجة نيابة عنك.
api-token-made = رمز الوصول الجديد
api-token-made-how = انسخه الآن: لن يُعرض مرة أخرى.
api-token-new = رمز وصول جديد
api-token-name = الاسم
api-token-begins = يبدأ بـ
api-token-scopes = ما يسمح به
api-token-since = أُنشئ
api-token-until = صالح حتى
api-token-used = آخر استخدام
api-token-days = مدة الصلاحية
api-token-days-count = { $count ->
    [zero] لا أيام
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
}
api-token-make = إنشاء الرمز
api-token-revoke = إلغاء
api-token-revoked = مُلغى
api-token-expired = منتهي الصلاحية
api-token-was-revoked = أُلغي رمز الوصول. البرامج التي تستخدمه مرفوضة من الآن.
api-token-was-not-revoked = أُلغي هذا الرمز من قبل، أو ليس لك.
api-token-bad-name = يتكون الاسم من حرفين إلى 40 حرفًا أو رقمًا أو نقطة أو شرطة.
api-token-taken = لديك رمز بهذا الاسم. اختر اسمًا آخر أو ألغِه أولًا.
api-token-bad-scopes = اختر شيئًا واحدًا على الأقل يسمح به الرمز، ولا تختر ما ليس من صلاحياتك.
api-token-bad-days = اختر مدة صلاحية الرمز: سنة على الأكثر.
api-token-too-many = لديك أقصى عدد من الرموز لشخص واحد. ألغِ واحدًا أولًا.
api-token-nobody = لا يوجد شخص بهذا الاسم يمكنه الدخول.
api-problem-service-off = الخدمة غير مشغّلة
api-scope-rules-change = تغيير القواعد وتطبيق اللبنات
api-scope-framework-read = الاطلاع على الأطر والتقييمات والتصاميم
api-scope-assessments-answer = الإجابة عن التقييمات
api-scope-assessments-moderate = إدارة التقييمات
api-scope-services-switch = تشغيل الخدمات وإيقافها يدويًا
api-scope-setup-change = إعداد النظام: البلد والبريد والوصف العلني والمفاتيح
api-scope-account-change = تغيير ما يخصك: الإعدادات والعروض ورموز الوصول والجلسات
api-scope-views-share = مشاركة العروض مع الفريق
