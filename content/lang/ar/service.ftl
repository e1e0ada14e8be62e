# الخدمات، وصفحة الخدمة الموقوفة.
service-constituency = الجهات
service-constituency-what = الجهات التي نخدمها وشبكاتها وجهات الاتصال بها.
service-watch = الرصد
service-watch-what = المصادر والدفعات والأحداث والمكتشفات: العيب وفي أي أصل.
service-warning = الإنذار
service-warning-what = إشعارات الجهات والموافقة عليها وإرسالها وما تجيب به.
service-response = الاستجابة
service-response-what = الحوادث: المسؤول والتسلسل والمهل والنهاية.
service-picture = الصورة
service-picture-what = الصورة الوطنية والشاشة الجدارية والنشرة اليومية.
service-api = واجهات البرامج
service-api-what = واجهة البرمجة ورموزها، وخطافات الويب.
service-framework = الأطر
service-framework-what = التقييمات والتصاميم وتأسيس الخدمات والدليل والتدريب.
service-which-block = أي لبنة تأتي بها
service-by-hand = شغّلها يدويًا
