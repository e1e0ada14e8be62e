# الصفحة الرئيسية
app-home-title = الرصد الآن
app-home-now = ما يحتاج إليك الآن
app-home-quiet = لا شيء ينتظر. كل المصادر تعمل، ولم يبقَ من يلزم إبلاغه.
app-home-new-high = جديدة، عالية أو حرجة
app-home-new = مكتشفات جديدة
app-home-live = مكتشفات قائمة
app-home-drafts = إشعارات تنتظر الموافقة
app-home-notices-failed = إشعارات تعذر إرسالها
app-home-unowned = حوادث بلا مسؤول
app-home-mine = حوادثي
app-home-overdue = حوادث تجاوزت موعدها
app-home-incidents = الحوادث القائمة بحسب عمرها
app-home-silent = مصادر صامتة
app-home-drift = مصادر تغيّرت أعمدتها
app-home-waiting = دفعات في الانتظار
app-home-failed = دفعات فشلت
app-home-urgent = المكتشفات الجديدة بحسب الخطورة والأهمية
app-home-urgent-hint = تبيّن الأعمدة أهمية الجهة المعنية، والعمود الأخير يقود إلى المكتشفات.
app-home-severity = الخطورة
app-home-all = الكل
app-home-by-constituent = المكتشفات القائمة بحسب الجهة
app-home-by-type = المكتشفات القائمة بحسب النوع
app-home-by-sector = المكتشفات القائمة بحسب القطاع
app-home-live-chart = المكتشفات القائمة في نهاية كل يوم
app-home-fixed-chart = المكتشفات التي أُصلحت كل يوم
app-home-events-chart = الأحداث بحسب يوم الاستلام

# الخطوات الأولى
app-first-title = الخطوات الأولى
app-first-what = تبدأ منارة الرصد حالما تعرف من تخدم، ولمن تعود العناوين، ويصلها مصدر. اكتب على الخادم:
app-first-done = تم
app-first-to-do = لم يتم بعد
app-first-constituents = استورد الجهات
app-first-constituents-how = ملف CSV فيه الجهات التي تخدمها وشبكاتها. يكفي للبداية سطر العناوين cidr,asn,org,sector,abuse_contact.
app-first-tables = حمّل الجداول التي تُثري الأحداث
app-first-tables-how = أي شبكة تتبع أي نظام مستقل (AS): أسطر فيها بادئة ثم علامة جدولة ثم رقم؛ وملفات delegated من سجلّك الإقليمي لمعرفة البلدان.
app-first-feed = اقرأ أول مصدر
app-first-feed-how = تقرير Shadowserver، أو مخرجات Suricata أو Zeek، أو أي مصدر له ملف مطابقة. ويمكنك أيضًا تسليمه في صفحة الدفعات.

# التسلسل الزمني للحادثة
app-incident-notice-sent = أُرسل إشعار إلى { $constituent }
app-incident-finding-moved = حالة المكتشف الآن: { $state }
