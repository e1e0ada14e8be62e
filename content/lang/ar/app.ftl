# الصفحة الرئيسية
app-home-title = الرصد الآن
app-home-now = ما يحتاج إليك الآن
app-home-quiet = لا شيء ينتظر. كل المصادر تعمل، ولم يبقَ من يلزم إبلاغه.
app-home-new-high = جديدة، عالية أو حرجة
app-home-new = مكتشفات جديدة
app-home-live = مكتشفات قائمة
app-home-drafts = إشعارات تنتظر الموافقة
app-home-second = إشعارات تنتظر شخصًا ثانيًا
app-home-notices-failed = إشعارات تعذر إرسالها
app-home-help = جهات تطلب مساعدة
app-home-unowned = حوادث بلا مسؤول
app-home-mine = حوادثي
app-home-overdue = حوادث تجاوزت موعدها
app-home-incidents = الحوادث القائمة بحسب عمرها
app-home-silent = مصادر صامتة
app-home-drift = مصادر تغيّرت أعمدتها
app-home-waiting = دفعات في الانتظار
app-home-failed = دفعات فشلت
app-home-urgent = المكتشفات الجديدة بحسب الخطورة والأهمية
app-home-severity = الخطورة
app-home-all = الكل
app-home-by-constituent = المكتشفات القائمة بحسب الجهة
app-home-by-type = المكتشفات القائمة بحسب النوع
app-home-by-sector = المكتشفات القائمة بحسب القطاع
app-home-live-chart = المكتشفات القائمة في نهاية كل يوم
app-home-fixed-chart = المكتشفات التي أُصلحت كل يوم
app-home-events-chart = الأحداث بحسب يوم الاستلام

# حال الجهة
app-standing-title = الوضع الحالي
app-standing-trend = المكتشفات بحسب أسبوع أول رصد
app-standing-open = المكتشفات المفتوحة
app-standing-mended = ما عولج في آخر { $days } يومًا
app-standing-since-seen = الوسيط من أول رصد إلى المعالجة
app-standing-since-told = الوسيط من الإبلاغ إلى المعالجة
app-standing-sector = وسيط القطاع { $sector }
app-standing-faster = هي أسرع من قطاعها.
app-standing-same = هي بسرعة قطاعها.
app-standing-slower = هي أبطأ من قطاعها.
app-standing-of = { $count ->
    [zero] لا جهات
    [one] من جهة واحدة
    [two] من جهتين
    [few] من { $count } جهات
    [many] من { $count } جهة
   *[other] من { $count } جهة
}
app-standing-few = { $count ->
    [zero] لا يُعرض قطاعها.
    [one] يُعرض قطاعها متى توافرت أرقام جهة واحدة منه.
    [two] يُعرض قطاعها متى توافرت أرقام جهتين منه.
    [few] يُعرض قطاعها متى توافرت أرقام { $count } جهات منه.
    [many] يُعرض قطاعها متى توافرت أرقام { $count } جهة منه.
   *[other] يُعرض قطاعها متى توافرت أرقام { $count } جهة منه.
}
app-standing-hours = { $count ->
    [zero] أقل من ساعة
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
    [many] { $count } ساعة
   *[other] { $count } ساعة
}
app-standing-days = { $count ->
    [zero] أقل من يوم
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
}

# التسلسل الزمني للحادثة
app-incident-notice-sent = أُرسل إشعار إلى { $constituent }
app-incident-finding-moved = حالة المكتشف الآن: { $state }
app-incident-answered = الرد: { $said }
app-incident-answered-saying = الرد: { $said } — «{ $comment }»

# السجل
app-verb-nation-set = حدّد البلد والفريق
app-verb-mail-set = حدّد طريقة إرسال البريد
app-verb-setup-dismissed = أخفى تذكير الإعداد
app-verb-digest-wanted = طلب النشرة اليومية
app-verb-digest-unwanted = لا يريد النشرة اليومية
app-verb-digest-made = أعدّ النشرة اليومية
app-verb-digest-sent = أرسل النشرة اليومية
app-verb-digest-failed = تعذّر عليه إرسال النشرة اليومية
app-verb-clock-mail-sent = أرسل بريدًا عن مهلة
app-verb-clock-mail-failed = تعذّر عليه إرسال بريد عن مهلة
