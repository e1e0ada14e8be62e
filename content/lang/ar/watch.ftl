# المكتشفات
watch-findings-title = المكتشفات
watch-findings-tick = اختيار المكتشف { $asset }
watch-findings-choose = اختيار
watch-findings-all-shown = كل المكتشفات في هذه الصفحة
watch-findings-text = الأصل أو الموضوع أو الجهة
watch-findings-asset = الأصل
watch-findings-what = ما هي
watch-findings-subject = الموضوع
watch-findings-state = الحالة
watch-findings-severity = الخطورة
watch-findings-class = الصنف
watch-findings-type = النوع
watch-findings-constituent = الجهة
watch-findings-source = المصدر
watch-findings-from = رُصدت من
watch-findings-until = رُصدت حتى
watch-findings-sector = قطاع الجهة
watch-findings-criticality = أهمية الجهة
watch-findings-criticality-vital = حيوية
watch-findings-criticality-high = عالية
watch-findings-criticality-medium = متوسطة
watch-findings-criticality-low = منخفضة
watch-findings-asn = رقم النظام المستقل (AS) للشبكة
watch-findings-first-from = أول رصد من
watch-findings-first-until = أول رصد حتى
watch-findings-changed-from = تغيّرت الحالة من
watch-findings-changed-until = تغيّرت الحالة حتى
watch-findings-first-seen = أول رصد
watch-findings-last-seen = آخر رصد
watch-findings-count = الأحداث
watch-findings-confidence = الثقة
watch-findings-none = لا مكتشفات بعد
watch-findings-none-how = تظهر المكتشفات حالما تخص أحداثُ مصدرٍ ما إحدى الجهات. استورد الجهات أولًا، ثم ارفع ملفًا في صفحة الدفعات.
watch-findings-state-live = قائمة
watch-findings-state-new = جديدة أو عادت
watch-findings-state-open = مفتوحة
watch-findings-state-reopened = عادت
watch-findings-state-notified = أُبلغت الجهة
watch-findings-state-acknowledged = أقرّت الجهة
watch-findings-state-closed = مغلقة
watch-findings-state-fixed = أُصلحت
watch-findings-state-false-positive = إنذار كاذب
watch-findings-state-expired = انقضت
watch-findings-state-all = الكل
watch-findings-severity-critical = حرجة
watch-findings-severity-high-up = عالية وحرجة
watch-findings-severity-high = عالية
watch-findings-severity-medium = متوسطة
watch-findings-severity-low = منخفضة
watch-findings-severity-info = للعلم

# مكتشفة واحدة
watch-finding-about = ما هي
watch-finding-id = الرقم
watch-finding-told = آخر إبلاغ
watch-finding-never-told = لم يُبلَّغ بعد
watch-finding-same-asset = كل المكتشفات عن هذا الأصل
watch-finding-all-of-constituent = مكتشفاتها
watch-finding-expires = { $count ->
    [zero] ينقضي من تلقاء نفسه إذا لم يُرصد ثانية.
    [one] ينقضي من تلقاء نفسه إذا لم يُرصد يومًا واحدًا.
    [two] ينقضي من تلقاء نفسه إذا لم يُرصد يومين.
    [few] ينقضي من تلقاء نفسه إذا لم يُرصد { $count } أيام.
    [many] ينقضي من تلقاء نفسه إذا لم يُرصد { $count } يومًا.
   *[other] ينقضي من تلقاء نفسه إذا لم يُرصد { $count } يوم.
}
watch-finding-answer = ماذا تقول الجهة؟
watch-finding-answer-acknowledged = وصلتها الرسالة
watch-finding-answer-fixed = أُصلح الأمر
watch-finding-answer-false = كان إنذارًا كاذبًا
watch-finding-answer-undo = التراجع عن آخر رد
watch-finding-answer-hint = «أُصلح الأمر» و«إنذار كاذب» يغيّران أيضًا موثوقية المصادر.
watch-finding-answered = صارت حالة المكتشف: { $state }.
watch-finding-unchanged = كان المكتشف على هذه الحالة من قبل. لم يتغير شيء.
watch-finding-sure = الثقة
watch-finding-sure-none = لم يعد له أي مصدر معروف.
watch-finding-sure-one = { $count ->
    [zero] رصده مصدر واحد: { $feed }. يُفترض أنه يصيب في { $mean } من الحالات، ولم يختبر ذلك أي رد بعد.
    [one] رصده مصدر واحد: { $feed }. يصيب في { $mean } من الحالات، وقد اختبر ذلك رد واحد.
    [two] رصده مصدر واحد: { $feed }. يصيب في { $mean } من الحالات، وقد اختبر ذلك ردان.
    [few] رصده مصدر واحد: { $feed }. يصيب في { $mean } من الحالات، وقد اختبرت ذلك { $count } ردود.
    [many] رصده مصدر واحد: { $feed }. يصيب في { $mean } من الحالات، وقد اختبر ذلك { $count } ردًا.
   *[other] رصده مصدر واحد: { $feed }. يصيب في { $mean } من الحالات، وقد اختبر ذلك { $count } رد.
}
watch-finding-sure-many = { $count ->
    [zero] لم يرصده أي مصدر. نسبة الخطأ { $wrong } من 100، والثقة { $confidence } من 100.
    [one] رصده مصدر واحد. يخطئ في { $wrong } حالة من كل 100، فتبقى الثقة { $confidence } من 100.
    [two] رصده مصدران، كل منهما مستقل عن الآخر. يخطئان معًا في { $wrong } حالة من كل 100، فتبقى الثقة { $confidence } من 100.
    [few] رصدته { $count } مصادر، كل منها مستقل عن غيره. تخطئ كلها معًا في { $wrong } حالة من كل 100، فتبقى الثقة { $confidence } من 100.
    [many] رصده { $count } مصدرًا، كل منها مستقل عن غيره. تخطئ كلها معًا في { $wrong } حالة من كل 100، فتبقى الثقة { $confidence } من 100.
   *[other] رصده { $count } مصدر، كل منها مستقل عن غيره. تخطئ كلها معًا في { $wrong } حالة من كل 100، فتبقى الثقة { $confidence } من 100.
}
watch-finding-sure-hint = الحرف n عدد الردود التي اختبرت المصدر. تُحدَّث الثقة مع كل حدث جديد وكل رد.
watch-finding-sources = المصادر
watch-finding-events = أحدث الأحداث التي بُني عليها
watch-finding-no-events = لم يعد أي من أحداثه محفوظًا.
watch-finding-more-events = عرض كل الأحداث
watch-finding-search-events = البحث في هذه الأحداث

# الأحداث
watch-events-title = الأحداث
watch-events-intelmq = تصدير أسطر JSON إلى IntelMQ
watch-events-text = الموضوع أو الاسم أو الرابط
watch-events-time = الوقت
watch-events-feed = المصدر
watch-events-what = ما هو
watch-events-source = من
watch-events-source-ip = عنوان المنشأ
watch-events-network = الشبكة
watch-events-destination = إلى
watch-events-destination-ip = عنوان الوجهة
watch-events-port = المنفذ
watch-events-asn = رقم النظام المستقل (AS)
watch-events-country = البلد (حرفان)
watch-events-source-asn = رقم النظام المستقل للمصدر
watch-events-source-country = بلد المصدر
watch-events-type = النوع
watch-events-severity = الخطورة
watch-events-constituent = الجهة
watch-events-batch = الدفعة
watch-events-finding = المكتشف
watch-events-subject = الموضوع
watch-events-table = نوع الصفوف
watch-events-table-context = السياق
watch-events-context = نوع السياق
watch-events-leads = يقود إلى
watch-events-its-finding = المكتشف
watch-events-row = الصف
watch-events-line = السطر { $line }
watch-events-hint = العنوان المنتهي بنقطة أو نقطتين رأسيتين يجد كل العناوين التي تبدأ به. التصدير يحوي 50,000 صف على الأكثر، أما الأمر manara query فلا حد له.
watch-events-none = لا أحداث بعد
watch-events-none-how = ارفع ملفًا في صفحة الدفعات، أو استعمل الأمر manara ingest.
watch-events-trouble = تعذرت قراءة الأحداث في الوقت المتاح. حاول مجددًا، أو ضيّق البحث.

# SQL
watch-sql-title = استعلام SQL
watch-sql-what = استعلم من الجداول events وcontext وrejects، ومعها findings وconstituents وnotices وbatches وfeeds. الاستعلام للقراءة فقط، ويعطي 1,000 صف على الأكثر، ولا يتجاوز 30 ثانية.
watch-sql-statement = الاستعلام
watch-sql-run = تنفيذ
watch-sql-answer = النتيجة
watch-sql-examples = أمثلة
watch-sql-example-types = الأحداث والعناوين بحسب النوع
watch-sql-example-networks = الشبكات الأكثر عناوين
watch-sql-example-unowned = عناوين لا تتبع أي جهة
watch-sql-example-rejects = لماذا تعذرت قراءة بعض الصفوف
watch-sql-nothing = الاستعلام لا يعطي أي صف
watch-sql-rows = { $count ->
    [zero] لا صفوف، في { $seconds } ثانية
    [one] صف واحد في { $seconds } ثانية
    [two] صفان في { $seconds } ثانية
    [few] { $count } صفوف في { $seconds } ثانية
    [many] { $count } صفًا في { $seconds } ثانية
   *[other] { $count } صف في { $seconds } ثانية
}
watch-sql-rows-more = { $count ->
    [zero] لا صفوف، في { $seconds } ثانية، وهناك المزيد
    [one] أول صف، في { $seconds } ثانية، وهناك المزيد
    [two] أول صفين، في { $seconds } ثانية، وهناك المزيد
    [few] أول { $count } صفوف، في { $seconds } ثانية، وهناك المزيد
    [many] أول { $count } صفًا، في { $seconds } ثانية، وهناك المزيد
   *[other] أول { $count } صف، في { $seconds } ثانية، وهناك المزيد
}
watch-sql-take-away = تنزيل النتيجة
watch-sql-columns = أعمدة events وcontext
watch-sql-columns-hint = بجانب الاسم مفتاح الحقل نفسه في IntelMQ، أو ما يحويه العمود. الدالة extra_get(extra, 'name') تستخرج قيمة واحدة من العمود extra.
watch-sql-column = العمود
watch-sql-intelmq = مفتاح IntelMQ أو المعنى
watch-sql-wrong = لم تفهم قاعدة البيانات هذا الاستعلام، وتقول:
watch-sql-hidden = بعض الأحداث موسومة بما يعلو صلاحيتك، وقد يُظهرها استعلام حر. استخدم عوامل تصفية صفحة الأحداث، فهي تستثنيها.
watch-sql-too-slow = { $count ->
    [zero] استغرق البحث وقتًا أطول من المسموح فأُوقف. ضيّقه: مدة أقصر، أو مصدر واحد، أو أعمدة أقل.
    [one] استغرق البحث أكثر من ثانية واحدة فأُوقف. ضيّقه: مدة أقصر، أو مصدر واحد، أو أعمدة أقل.
    [two] استغرق البحث أكثر من ثانيتين فأُوقف. ضيّقه: مدة أقصر، أو مصدر واحد، أو أعمدة أقل.
    [few] استغرق البحث أكثر من { $count } ثوانٍ فأُوقف. ضيّقه: مدة أقصر، أو مصدر واحد، أو أعمدة أقل.
    [many] استغرق البحث أكثر من { $count } ثانية فأُوقف. ضيّقه: مدة أقصر، أو مصدر واحد، أو أعمدة أقل.
   *[other] استغرق البحث أكثر من { $count } ثانية فأُوقف. ضيّقه: مدة أقصر، أو مصدر واحد، أو أعمدة أقل.
}

# الدفعات
watch-batches-title = الدفعات
watch-batches-received = وقت الاستلام
watch-batches-file = الملف
watch-batches-feed = المصدر
watch-batches-state = الحالة
watch-batches-rows = الصفوف
watch-batches-became = مآل الصفوف
watch-batches-rejects = المرفوضات
watch-batches-findings = مكتشفات جديدة
watch-batches-none = لم يصل شيء بعد
watch-batches-none-how = ارفع أول ملف أدناه، أو استعمل الأمر manara ingest.
watch-batches-state-received = في الانتظار
watch-batches-state-finished = اكتملت
watch-batches-state-failed = فشلت
watch-batches-state-rejects = فيها مرفوضات
watch-batches-state-cut-short = انقطعت

# دفعة واحدة
watch-batch-received = في الانتظار
watch-batch-at-work = قيد المعالجة
watch-batch-finished = اكتملت
watch-batch-cut-short = انقطعت
watch-batch-failed = فشلت
watch-batch-rows-so-far = { $count ->
    [zero] لا صفوف حتى الآن
    [one] صف واحد حتى الآن
    [two] صفان حتى الآن
    [few] { $count } صفوف حتى الآن
    [many] { $count } صفًا حتى الآن
   *[other] { $count } صف حتى الآن
}
watch-batch-refreshes = تُحمَّل هذه الصفحة من جديد كل ثلاث ثوانٍ.
watch-batch-stay = إيقاف التحديث
watch-batch-look-again = تحديث
watch-batch-waits = الملف محفوظ وينتظر المعالجة. سيجري ذلك من تلقاء نفسه، ولن يضيع شيء.
watch-batch-process = معالجتها الآن
watch-batch-taken-up = الدفعة قيد المعالجة.
watch-batch-not-waiting = عولجت الدفعة من قبل.
watch-batch-error = تعذرت قراءة الملف حتى نهايته. ما قُرئ قبل ذلك محفوظ. يقول القارئ:
watch-batch-sums = مآل صفوفها
watch-batch-events = أحداث
watch-batch-contexts = سياق
watch-batch-duplicates = مكررات
watch-batch-rejects = مرفوضات
watch-batch-rows = الصفوف
watch-batch-adds-up = الحساب صحيح
watch-batch-does-not-add-up = الحساب غير صحيح
watch-batch-unowned = أحداث لا تتبع أي جهة
watch-batch-findings-opened = مكتشفات جديدة أو عادت
watch-batch-findings-updated = مكتشفات رُصدت مجددًا
watch-batch-events-n = { $count ->
    [zero] لا أحداث
    [one] حدث واحد
    [two] حدثان
    [few] { $count } أحداث
    [many] { $count } حدثًا
   *[other] { $count } حدث
}
watch-batch-contexts-n = { $count ->
    [zero] لا صفوف سياق
    [one] صف سياق واحد
    [two] صفا سياق
    [few] { $count } صفوف سياق
    [many] { $count } صف سياق
   *[other] { $count } صف سياق
}
watch-batch-duplicates-n = { $count ->
    [zero] لا مكررات
    [one] صف مكرر واحد
    [two] صفان مكرران
    [few] { $count } صفوف مكررة
    [many] { $count } صفًا مكررًا
   *[other] { $count } صف مكرر
}
watch-batch-rejects-n = { $count ->
    [zero] لا مرفوضات
    [one] صف مرفوض واحد
    [two] صفان مرفوضان
    [few] { $count } صفوف مرفوضة
    [many] { $count } صفًا مرفوضًا
   *[other] { $count } صف مرفوض
}
watch-batch-about = الملف
watch-batch-format = قُرئ على أنه
watch-batch-done = وقت الاكتمال
watch-batch-not-yet = ليس بعد
watch-batch-took = المدة
watch-batch-took-n = { $seconds } ثانية، بمعدل { $rate } صف في الثانية
watch-batch-size = الحجم
watch-batch-id = الرقم
watch-batch-raw = تنزيل الملف كما وصل
watch-size-bytes = { $size } بايت
watch-size-kilobytes = { $size } كيلوبايت
watch-size-megabytes = { $size } ميغابايت
watch-size-gigabytes = { $size } غيغابايت

# المرفوضات
watch-rejects-title = المرفوضات
watch-rejects-what = تعذرت قراءة هذه الصفوف. يُعدّ السطر من 1 في الملف بعد فك ضغطه.
watch-rejects-none = قُرئت كل الصفوف.
watch-rejects-none-how = لا شيء هنا يحتاج إلى إصلاح.
watch-rejects-line = السطر
watch-rejects-column = العمود
watch-rejects-reason = السبب
watch-rejects-found = ما وُجد فيه
watch-rejects-raw = الصف
watch-reject-bad-address = ليس عنوانًا
watch-reject-bad-time = ليس وقتًا بصيغة معروفة
watch-reject-bad-number = ليس رقمًا
watch-reject-bad-url = ليس رابطًا
watch-reject-bad-domain = ليس اسم نطاق
watch-reject-bad-json = السطر ليس كائن JSON
watch-reject-missing = قيمة لازمة غير موجودة
watch-reject-no-subject = لا عنوان ولا اسم ولا رابط ولا حساب
watch-reject-field-count = عدد الحقول لا يطابق سطر العناوين
watch-reject-open-quote = علامة اقتباس فُتحت ولم تُغلق
watch-reject-too-long = الصف أطول من المسموح
watch-reject-too-deep = تداخل JSON أعمق من المسموح
watch-reject-unknown-kind = نوع سجل غير معروف
watch-reject-unclassified = ملف المطابقة لا يعطيه صنفًا
watch-reject-bad-value = قيمة ليست من نوع العمود

# التغيّر في الأعمدة
watch-drift-title = تغيّر الأعمدة
watch-drift-what = تختلف الأعمدة عن المعتاد في هذا النوع. الصفوف السليمة محفوظة؛ انظر هل يلزم تعديل ملف المطابقة.
watch-drift-none = الأعمدة على حالها المعتاد.
watch-drift-column = العمود
watch-drift-kind = ما الذي تغيّر
watch-drift-since = منذ
watch-drift-last = آخر مرة
watch-drift-batches = الدفعات
watch-drift-missing = غائب
watch-drift-added = جديد، محفوظ في extra
watch-drift-renamed = باسم آخر
watch-drift-unknown-type = نوع التقرير نفسه غير معروف

# تسليم الملفات
watch-hand-in-title = رفع ملف
watch-hand-in-what = يُحفظ الملف كما هو ثم يُقرأ، ويُعرف نوعه من اسمه ومحتواه. ورفع الملف نفسه ثانية لا يضيف شيئًا.
watch-hand-in-feed = المصدر (اختياري)
watch-hand-in-feed-hint = الاسم الذي تُحفظ دفعاته تحته، أو مصدر له ملف مطابقة.
watch-hand-in-type = النوع (اختياري)
watch-hand-in-type-hint = فقط إذا لم يكفِ الاسم والمحتوى: تقرير Shadowserver مثل scan_telnet، أو suricata أو zeek:conn أو idea أو intelmq أو list.
watch-hand-in-files = الملفات
watch-hand-in-files-hint = { $count ->
    [zero] تُقبل ملفات gzip وzip. للملفات الأكبر: manara ingest.
    [one] ميغابايت واحد على الأكثر في المجموع، وتُقبل ملفات gzip وzip. للملفات الأكبر: manara ingest.
    [two] 2 ميغابايت على الأكثر في المجموع، وتُقبل ملفات gzip وzip. للملفات الأكبر: manara ingest.
    [few] { $count } ميغابايت على الأكثر في المجموع، وتُقبل ملفات gzip وzip. للملفات الأكبر: manara ingest.
    [many] { $count } ميغابايت على الأكثر في المجموع، وتُقبل ملفات gzip وzip. للملفات الأكبر: manara ingest.
   *[other] { $count } ميغابايت على الأكثر في المجموع، وتُقبل ملفات gzip وzip. للملفات الأكبر: manara ingest.
}
watch-hand-in-send = رفع
watch-hand-in-kept = حُفظ الملف وهو قيد المعالجة.
watch-hand-in-kept-many = { $count ->
    [zero] لم يُحفظ أي ملف.
    [one] حُفظ ملف واحد وهو قيد المعالجة.
    [two] حُفظ ملفان وهما قيد المعالجة.
    [few] حُفظت { $count } ملفات وهي قيد المعالجة.
    [many] حُفظ { $count } ملفًا وهي قيد المعالجة.
   *[other] حُفظ { $count } ملف وهي قيد المعالجة.
}
watch-hand-in-known = وصل هذا الملف من هذا المصدر من قبل. لم يُضف شيء.
watch-hand-in-no-file = لم يُختر أي ملف. اختر ملفًا وارفعه مجددًا.
watch-hand-in-unknown = { $name }: تعذرت معرفة نوع هذا الملف. المتوقع تقرير Shadowserver أو Suricata EVE أو Zeek أو IDEA أو IntelMQ JSON أو قائمة. حدّد مصدره أو نوعه وارفعه مجددًا.
watch-hand-in-no-feed = لا يوجد مصدر أو نوع باسم { $feed }. تجدها في صفحة المصادر وبالأمر manara feeds.
watch-hand-in-unreadable = تعذرت قراءة { $name }: { $why }
watch-hand-in-disk-full = القرص ممتلئ. لم يُحفظ شيء. أفرغ بعض المساحة وارفع الملف مجددًا.

# المصادر
watch-feeds-title = المصادر
watch-feeds-name = المصدر
watch-feeds-show = اعرض فقط
watch-feeds-show-silent = الصامتة
watch-feeds-show-drift = التي تغيّرت أعمدتها
watch-feeds-show-rejects = التي فيها مرفوضات
watch-feeds-received = آخر استلام
watch-feeds-never = لم يصل بعد
watch-feeds-lag = التأخر
watch-feeds-days = آخر 30 يومًا
watch-feeds-spark = { $count ->
    [zero] لا أحداث في 30 يومًا
    [one] حدث واحد في 30 يومًا
    [two] حدثان في 30 يومًا
    [few] { $count } أحداث في 30 يومًا
    [many] { $count } حدثًا في 30 يومًا
   *[other] { $count } حدث في 30 يومًا
}
watch-feeds-events = الأحداث
watch-feeds-rejects = المرفوضات
watch-feeds-batches = الدفعات
watch-feeds-reliability = الموثوقية
watch-feeds-answers = الردود (n)
watch-feeds-n = n = { $count }
watch-feeds-marks = علامات
watch-feeds-silent = صامت
watch-feeds-drift = تغيّرت الأعمدة
watch-feeds-none = لم يرسل أي مصدر شيئًا بعد
watch-feeds-none-how = يظهر المصدر هنا مع أول ملف منه. ارفع ملفًا في صفحة الدفعات، أو استعمل الأمر manara ingest.
watch-span-minutes = { $count ->
    [zero] أقل من دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $count } دقائق
    [many] { $count } دقيقة
   *[other] { $count } دقيقة
}
watch-span-hours = { $count ->
    [zero] أقل من ساعة
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
    [many] { $count } ساعة
   *[other] { $count } ساعة
}
watch-span-days = { $count ->
    [zero] أقل من يوم
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
}

# مصدر واحد
watch-feed-about = ما يرسله
watch-feed-silent-why = { $count ->
    [zero] ينبغي أن يرسل شيئًا باستمرار. آخر استلام:
    [one] ينبغي أن يرسل شيئًا كل ساعة. آخر استلام:
    [two] ينبغي أن يرسل شيئًا كل ساعتين. آخر استلام:
    [few] ينبغي أن يرسل شيئًا كل { $count } ساعات. آخر استلام:
    [many] ينبغي أن يرسل شيئًا كل { $count } ساعة. آخر استلام:
   *[other] ينبغي أن يرسل شيئًا كل { $count } ساعة. آخر استلام:
}
watch-feed-last-event = أحدث حدث
watch-feed-per-day = { $count ->
    [zero] أقل من حدث في اليوم
    [one] نحو حدث واحد في اليوم
    [two] نحو حدثين في اليوم
    [few] نحو { $count } أحداث في اليوم
    [many] نحو { $count } حدثًا في اليوم
   *[other] نحو { $count } حدث في اليوم
}
watch-feed-duplicates = المكررات
watch-feed-findings = المكتشفات
watch-feed-its-findings = عرض مكتشفاته
watch-feed-reliable = { $count ->
    [zero] يُفترض أنه يصيب في { $mean } من الحالات. هذا افتراض وزنه { $weight } ردود، ولم يختبره أي رد بعد (n = 0).
    [one] يصيب في { $mean } من الحالات. افتُرضت أولًا نسبة { $prior } بوزن { $weight } ردود، ثم ورد رد واحد (n = 1)، والردود المؤكِّدة منها { $confirmed }.
    [two] يصيب في { $mean } من الحالات. افتُرضت أولًا نسبة { $prior } بوزن { $weight } ردود، ثم ورد ردان (n = 2)، والردود المؤكِّدة منها { $confirmed }.
    [few] يصيب في { $mean } من الحالات. افتُرضت أولًا نسبة { $prior } بوزن { $weight } ردود، ثم وردت { $count } ردود (n = { $count })، والردود المؤكِّدة منها { $confirmed }.
    [many] يصيب في { $mean } من الحالات. افتُرضت أولًا نسبة { $prior } بوزن { $weight } ردود، ثم ورد { $count } ردًا (n = { $count })، والردود المؤكِّدة منها { $confirmed }.
   *[other] يصيب في { $mean } من الحالات. افتُرضت أولًا نسبة { $prior } بوزن { $weight } ردود، ثم ورد { $count } رد (n = { $count })، والردود المؤكِّدة منها { $confirmed }.
}
watch-feed-reliable-hint = يُحسب الرد حين يقول أحدهم عن مكتشف إنه أُصلح (فقد كان صحيحًا) أو إنه إنذار كاذب.
watch-feed-events-chart = الأحداث بحسب يوم الاستلام
watch-feed-rejects-chart = المرفوضات بحسب يوم الاستلام
watch-feed-batches = أحدث الدفعات
watch-feed-all-batches = كل الدفعات

# القوائم
watch-entries-title = مداخل القائمة
watch-entries-what = هذا المصدر قائمة: يبقى المدخل فيها إلى أن يُرفع منها.
watch-entries-entry = المدخل
watch-entries-state = الحالة
watch-entries-changed = وقت التغيّر
watch-entries-first-seen = أول إدراج
watch-entries-last-seen = آخر إدراج
watch-entries-none = لا مداخل
watch-entries-state-listed = مدرج
watch-entries-state-new = جديد في آخر ملف
watch-entries-state-changed = تغيّر في آخر ملف
watch-entries-state-delisted = رُفع من القائمة
watch-entries-state-expired = انقضى

# السجل
watch-journal-title = السجل
watch-journal-none = لم يُدوَّن شيء بعد.
watch-journal-when = متى
watch-journal-who = من
watch-journal-what = ماذا
watch-journal-to = إلى
watch-verb-batch-received = استلم دفعة
watch-verb-batch-finished = أكمل دفعة
watch-verb-batch-failed = لم يتمكن من قراءة دفعة
watch-verb-finding-answered = رد على مكتشف
watch-verb-finding-reopened = أعاد فتح مكتشف
watch-verb-finding-restored = تراجع عن رد على مكتشف
watch-verb-findings-expired = أنهى مكتشفات انقضت
watch-verb-list-compared = قارن قائمة بسابقتها
watch-verb-replayed = عالج السجلات السابقة من جديد
watch-verb-table-loaded = حمّل جدولًا

# في صفحات أخرى
watch-panel-live = { $count ->
    [zero] لا مكتشفات قائمة
    [one] مكتشف قائم واحد
    [two] مكتشفان قائمان
    [few] { $count } مكتشفات قائمة
    [many] { $count } مكتشفًا قائمًا
   *[other] { $count } مكتشف قائم
}
watch-panel-all = عرض مكتشفاتها

# ما العمل حين لا يوجد شيء
watch-drift-none-how = يظهر هنا كل عمود جديد أو ناقص أو تغيّر اسمه.
watch-feed-batches-none-how = ارفع ملفًا من هذا المصدر في صفحة الدفعات.
watch-finding-no-events-how = حُفظت الأحداث المدة التي تحددها الإعدادات، وتبقى المجاميع والحالات.
watch-journal-none-how = يُدوَّن هنا ما يفعله الأشخاص والقواعد بها.
watch-panel-none = لا شيء مفتوح. المكتشفات الأقدم في القائمة.
