# الصفحة الرئيسية: المقارنة بالأسبوع الماضي
picture-home-reopened = مكتشفات عادت
picture-home-unanswered = إشعارات بلا رد
picture-home-urgent-hint = تبيّن الأعمدة أهمية الجهة المعنية، وكل رقم يقود إلى مكتشفاته.
picture-home-changes = الأرقام الصغيرة هي الفرق عن اليوم نفسه من الأسبوع الماضي.
picture-more = أكثر بـ { $count } مما كان قبل أسبوع
picture-fewer = أقل بـ { $count } مما كان قبل أسبوع
picture-same = كما كان قبل أسبوع

# الصورة الوطنية
picture-title = الصورة الوطنية
picture-span = الأيام المعروضة
picture-span-day = اليوم
picture-span-week = 7 أيام
picture-span-month = 30 يومًا
picture-span-quarter = 90 يومًا
picture-from-until = المكتشفات التي رُصدت أول مرة، والأحداث التي وقعت، في
picture-compared = { $days ->
    [1] مقارنةً باليوم السابق.
    [7] مقارنةً بالأيام السبعة السابقة.
   *[other] مقارنةً بالأيام السابقة وعددها { $days }.
}
picture-nothing = لم يُرصد شيء في هذه الأيام
picture-nothing-how = اختر مدة أطول أعلاه، أو ارفع ملفات هذه الأيام في صفحة الدفعات.
picture-findings = مكتشفات جديدة
picture-hit = الجهات المعنية
picture-events = الأحداث
picture-countries = بلدان مصادرها
picture-now = الآن
picture-before = قبل
picture-change = الفرق
picture-by-day = المكتشفات الجديدة بحسب اليوم والصنف
picture-other-classes = أصناف أخرى
picture-by-sector = المكتشفات الجديدة بحسب القطاع
picture-sector = القطاع
picture-no-sector = لم تعد ضمن الجهات المخدومة
picture-by-class = المكتشفات الجديدة بحسب الصنف
picture-class = الصنف
picture-by-operator = المكتشفات الجديدة بحسب مشغّل الشبكة
picture-by-operator-hint = رقم النظام المستقل (AS) للطرف الذي يعود إلينا، كما يقوله المصدر أو جدول البادئات.
picture-operator = مشغّل الشبكة
picture-unknown = غير معروف
picture-rates = المكتشفات الجديدة لكل 1,000 عنوان
picture-constituent = الجهة
picture-rate = لكل 1,000
picture-findings-short = المكتشفات
picture-addresses = عناوين IPv4
picture-rates-hint = للجهات التي لها 256 عنوان IPv4 أو أكثر. يُحسب كل عنوان مرة واحدة لصاحب أصغر شبكة تضمّه، ويُطرح من الشبكة ما تملكه جهة أخرى داخلها.
picture-sources = أين المصادر
picture-sources-hint = الأحداث بحسب بلد طرفها المصدر ومشغّله. فحص شبكاتنا يُحسب علينا.
picture-map-label = خريطة العالم وعليها نقطة لكل بلد جاءت منه أحداث؛ والأرقام في الجدول أدناه
picture-off-map = { $count ->
    [zero] كل الأحداث جاءت من أماكن على الخريطة.
    [one] حدث واحد لم يأتِ من مكان على الخريطة.
    [two] حدثان لم يأتيا من مكان على الخريطة.
    [few] { $count } أحداث لم تأتِ من مكان على الخريطة.
    [many] { $count } حدثًا لم يأتِ من مكان على الخريطة.
   *[other] { $count } حدث لم يأتِ من مكان على الخريطة.
}
picture-sources-table = الأحداث بحسب بلد المصدر ومشغّله
picture-country = البلد
picture-share = النسبة
picture-more-countries = { $count ->
    [zero] لا بلدان أخرى في الملف المصدَّر.
    [one] بلد واحد آخر في الملف المصدَّر.
    [two] بلدان آخران في الملف المصدَّر.
    [few] { $count } بلدان أخرى في الملف المصدَّر.
    [many] { $count } بلدًا آخر في الملف المصدَّر.
   *[other] { $count } بلد آخر في الملف المصدَّر.
}

# شاشة الجدار
picture-wall-title = شاشة الجدار
picture-wall-leave = مغادرة شاشة الجدار
picture-wall-still = إيقاف التحديث
picture-wall-refresh = { $count ->
    [zero] تحديث متواصل
    [one] التحديث كل ثانية
    [two] التحديث كل ثانيتين
    [few] التحديث كل { $count } ثوانٍ
    [many] التحديث كل { $count } ثانية
   *[other] التحديث كل { $count } ثانية
}
picture-wall-every = { $count ->
    [zero] تتحدّث باستمرار
    [one] تتحدّث كل ثانية
    [two] تتحدّث كل ثانيتين
    [few] تتحدّث كل { $count } ثوانٍ
    [many] تتحدّث كل { $count } ثانية
   *[other] تتحدّث كل { $count } ثانية
}

# النشرة اليومية
picture-digest-title = النشرة اليومية
picture-digest-what = هذا ما يصل قرّاءها بالبريد عن ذلك اليوم، بلغتهم وفي حدود ما تسمح به علامتهم. وما قيل فيه «الآن» فهو كما هو في هذه اللحظة.
picture-digest-off = لا أحد يتلقاها بعد.
picture-digest-readers = { $count ->
    [zero] لا أحد يتلقاها كل صباح.
    [one] يتلقاها قارئ واحد كل صباح.
    [two] يتلقاها قارئان كل صباح.
    [few] يتلقاها { $count } قرّاء كل صباح.
    [many] يتلقاها { $count } قارئًا كل صباح.
   *[other] يتلقاها { $count } قارئ كل صباح.
}
picture-digest-day = اليوم
picture-digest-to = إلى
picture-digest-language = اللغة
picture-digest-state = الحالة
picture-digest-when = متى
picture-digest-posted = آخر النشرات
picture-digest-state-due = في الانتظار
picture-digest-state-sent = أُرسلت
picture-digest-state-kept = حُفظت في الصندوق المدمج
picture-digest-state-failed = تعذر إرسالها
picture-digest-to-findings = المكتشفات التي رُصدت أول مرة في ذلك اليوم
picture-digest-to-notices = إشعارات بلا رد
picture-digest-to-incidents = الحوادث التي فُتحت في ذلك اليوم
picture-digest-to-feeds = المصادر الصامتة
picture-digest-subject = { $team }: { $day }، مكتشفات جديدة { $opened }، حوادث جديدة { $incidents }
picture-digest-head = الرصد يوم { $day } (بالتوقيت العالمي)
picture-digest-section-came = ما ورد
picture-digest-batches = ملفات قُرئت: { $count }
picture-digest-batches-failed = ملفات تعذرت قراءتها: { $count }
picture-digest-events = أحداث: { $count }
picture-digest-rejects = أسطر تعذرت قراءتها: { $count }
picture-digest-section-findings = المكتشفات
picture-digest-opened = فُتحت: { $count }
picture-digest-reopened = عادت: { $count }
picture-digest-fixed = أُصلحت: { $count }
picture-digest-refuted = قيل إنها إنذار كاذب: { $count }
picture-digest-expired = انقضت: { $count }
picture-digest-live = القائمة الآن: { $count }
picture-digest-section-notices = الإشعارات
picture-digest-sent = أُرسلت: { $count }
picture-digest-told = المكتشفات التي أبلغت عنها: { $count }
picture-digest-answers = الردود الواردة: { $count }
picture-digest-unanswered = بلا رد الآن: { $count }
picture-digest-drafts = تنتظر الموافقة الآن: { $count }
picture-digest-section-incidents = الحوادث
picture-digest-incidents-opened = فُتحت: { $count }
picture-digest-incidents-closed = أُغلقت: { $count }
picture-digest-incidents-live = القائمة الآن: { $count }
picture-digest-overdue = تجاوزت موعدها الآن: { $count }
picture-digest-section-feeds = المصادر
picture-digest-silent = الصامتة الآن: { $count }
picture-digest-drift = تغيّرت أعمدتها: { $count }
picture-digest-more-feeds = و{ $count } غيرها
picture-digest-foot = أعدّتها منارة. تصلك لأن cirt.toml يسمّيك تحت ‎[digest]‎.
picture-digest-foot-asked = أعدّتها منارة. تصلك لأنك طلبتها. لساعة أخرى أو عنوان آخر أو لإيقافها: { $page }
picture-digest-mine = إرسالها إليّ
picture-digest-has-wish = تصلك نشرة اليوم السابق كل يوم.
picture-digest-no-wish = لا تصلك النشرة. اذكر إلى أين تُرسل وفي أي ساعة؛ وتُكتب بلغتك وفي حدود ما تسمح به علامتك.
picture-digest-mail = عنوان بريدي
picture-digest-hour = في هذه الساعة
picture-digest-hour-hint = بحسب ساعتك أنت. وإن مضت هذه الساعة اليوم تصلك الأولى بعد لحظات.
picture-digest-want = إرسالها إليّ كل يوم
picture-digest-stop = إيقاف إرسالها إليّ
picture-digest-wanted = تُرسل النشرة إلى { $mail } كل يوم.
picture-digest-unwanted = لن تُرسل إليك النشرة بعد الآن.
picture-digest-bad-wish = لا يمكن العمل بهذا: المتوقع عنوان بريد واحد مثل you@example.org وساعة من القائمة.
