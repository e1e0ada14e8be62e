# الخدمات، وصفحة الخدمة الموقوفة.
service-constituency = الجهات
service-constituency-what = الجهات التي نخدمها وشبكاتها وجهات الاتصال بها.
service-watch = الرصد
service-watch-what = المصادر والدفعات والأحداث والمكتشفات: ما العيب وفي أي أصل.
service-warning = الإنذار
service-warning-what = إشعارات الجهات واعتمادها وإرسالها والردود عليها.
service-response = الاستجابة
service-response-what = الحوادث: المسؤول والتسلسل الزمني والمهل والنتيجة.
service-picture = الصورة الوطنية
service-picture-what = الصورة الوطنية وشاشة الجدار والنشرة اليومية.
service-api = واجهات البرامج
service-api-what = واجهة البرمجة ورموز الوصول إليها، والإخطارات الآلية.
service-framework = الأطر المرجعية
service-framework-what = التقييمات والتصاميم وتأسيس الخدمات والدليل والتدريب.
service-which-block = اللبنة التي تأتي بها
service-by-hand = تشغيلها يدويًا
