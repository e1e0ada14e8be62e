# المدير الأول
setup-first-title = إعداد منارة
setup-first-what = ليس لأحد حساب هنا بعد. أنشئ أول حساب، وهو حساب مدير النظام.
setup-first-token = الرمز
setup-first-token-hint = تجده في الطرفية التي شُغّل فيها الأمر manara serve، ويصلح مرة واحدة. وإعادة تشغيل الخادم تطبع رمزًا جديدًا.
setup-first-name = اسم الدخول
setup-first-name-hint = من حرفين إلى أربعين حرفًا أو رقمًا أو نقطة أو شَرطة أو شَرطة سفلية.
setup-first-again = كلمة المرور مرة أخرى
setup-first-go = إنشاء الحساب والمتابعة
setup-first-wrong = ليس هذا هو الرمز، أو انقضت مدته. انسخه مجددًا من الطرفية التي شُغّل فيها الأمر manara serve؛ وإعادة تشغيل الخادم تطبع رمزًا جديدًا.

# الطريق عبر الخطوات
setup-title = الإعداد
setup-way = خطوات الإعداد
setup-what = يمكن تخطي أي خطوة، وإتمامها لاحقًا، وإعادتها.
setup-left = ما بقي من الإعداد
setup-ask = لا يوجد بعدُ إلا القليل مما يُرى: على مدير النظام أن يضيف الشبكات وأول مصدر.
setup-dismiss = عدم عرض هذا في الصفحة الرئيسية بعد الآن
setup-dismissed = لن تعرض الصفحة الرئيسية ما بقي من الإعداد. تجده في صفحة المستخدمين تحت «الإعداد».
setup-done = تم
setup-to-do = لم يتم بعد
setup-by-command = اكتب على الخادم:
setup-save = حفظ ومتابعة
setup-skip = تخطي هذه الخطوة
setup-choose = اختر
setup-stored = حُفظ، وهو سارٍ من الآن.
setup-not-stored = لم يُحفظ شيء: { $why }

# الخطوات
setup-step-nation = البلد والفريق
setup-step-nation-how = البلد والمنطقة الزمنية واللغات، واسم الفريق في الرسائل.
setup-step-mail = البريد
setup-step-mail-how = الخادم الذي تخرج الرسائل عبره. وحتى ذلك الحين تبقى في الصندوق المدمج.
setup-step-networks = الشبكات
setup-step-networks-how = من تخدم، وأي العناوين تعود إليه: لصقًا أو من ملف.
setup-step-feed = أول مصدر
setup-step-feed-how = ملف من مصدر، كتقرير Shadowserver، يصير أحداثًا ومكتشفات.
setup-step-tables = جداول العناوين
setup-step-tables-how = أي شبكة تتبع أي نظام مستقل (AS)، وملفات سجلّك الإقليمي لمعرفة البلدان. من دونها لا يُعرف للأحداث نظام مستقل ولا بلد.
setup-step-people = أفراد الفريق
setup-step-people-how = حساب لكل واحد: المناوب ومعالجو الحوادث والمحللون.

# البلد والفريق
setup-nation-where = المكان
setup-nation-country = البلد
setup-nation-zone = المنطقة الزمنية
setup-nation-zone-hint = لمن لم يحدد منطقة لنفسه.
setup-nation-languages = اللغات
setup-nation-offered = اللغات التي يمكن اختيارها
setup-nation-language = اللغة المعتادة
setup-nation-language-hint = للقراء الذين لا يطلب متصفحهم أيًّا من هذه اللغات.
setup-nation-team = اسم الفريق
setup-nation-team-hint = كما يظهر في الرسائل والصفحات. واللغة التي تتركها فارغة يظهر فيها الاسم الإنجليزي.
setup-nation-bad-country = اختر البلد.
setup-nation-bad-zone = اختر منطقة زمنية من القائمة.
setup-nation-bad-language = اختر لغة واحدة على الأقل، ويجب أن تكون اللغة المعتادة منها.
setup-nation-bad-name = اسم الفريق سطر واحد لا يتجاوز 120 حرفًا.

# البريد
setup-mail-sender = المرسل
setup-mail-transport = أين تذهب الرسائل
setup-mail-transport-hint = حتى مع خادم بريد لا يخرج إشعار قبل أن يعتمده شخص أو قاعدة.
setup-mail-capture = إلى الصندوق المدمج: لا يخرج شيء
setup-mail-smtp = إلى خادم بريد
setup-mail-from-name = اسم المرسل
setup-mail-from-mail = عنوان المرسل
setup-mail-server = خادم البريد
setup-mail-host = الخادم
setup-mail-port = المنفذ
setup-mail-port-hint = 587 مع STARTTLS، و465 مع التشفير من أول بايت، و25 لمُرحِّل على هذا الجهاز.
setup-mail-tls = التشفير
setup-mail-tls-required = STARTTLS، وإلا فلا يُرسل شيء
setup-mail-tls-wrapper = من أول بايت
setup-mail-tls-opportunistic = STARTTLS إن عرضه الخادم
setup-mail-tls-none = بلا تشفير (هذا الجهاز وحده)
setup-mail-login = اسم حساب البريد
setup-mail-password-hint = يُحفظ اسم الحساب وكلمة المرور في ملف مستقل لا يقرؤه إلا مالك مجلد البيانات. اترك الحقلين فارغين إن كان الخادم لا يطلبهما.
setup-mail-password-kept = كلمة المرور محفوظة. اترك الحقل فارغًا لإبقائها، وأفرغ اسم الحساب لنسيانهما معًا.
setup-mail-test = رسالة تجريبية
setup-mail-test-hint = يُحفظ ما أدخلته هنا، ثم تُرسل رسالة وتقرأ ما يقوله الخادم عنها.
setup-mail-test-to = إرسال رسالة إلى
setup-mail-save-and-test = حفظ وإرسال رسالة تجريبية
setup-mail-taken = قبل خادم البريد الرسالة الموجهة إلى { $mail }، وقال: { $said }
setup-mail-stayed = حُفظ، لكن لم يُرسل شيء: تذهب الرسائل إلى الصندوق المدمج. اختر خادم بريد لإرسالها.
setup-mail-refused = لم تخرج الرسالة. هذا ما قيل: { $said }
setup-mail-bad-sender = عنوان المرسل ليس عنوان بريد. المتوقع عنوان مثل cirt@example.org.
setup-mail-bad-host = أدخل اسم خادم البريد أو عنوانه، مثل mail.example.org.
setup-mail-bad-port = المنفذ رقم من 1 إلى 65535؛ والمعتاد 587 و465 و25.
setup-mail-bad-tls = اختر إحدى طرق التشفير.
setup-mail-plain-text = بلا تشفير لا يذهب البريد إلا إلى هذا الجهاز نفسه. اختر STARTTLS أو التشفير من أول بايت.
setup-mail-bad-account = أدخل اسم الحساب وكلمة المرور معًا أو اتركهما معًا. واسم حساب جديد يحتاج إلى كلمة مروره.
setup-mail-bad-password = أُعطيت كلمة المرور المحفوظة لخادم آخر. أدخلها من جديد.
setup-mail-bad-field = كل حقل سطر واحد لا يتجاوز 200 حرف.
setup-mail-bad-test = حدد من يتلقى الرسالة التجريبية: عنوان بريد مثل you@example.org.
setup-mail-letter-subject = { $team }: رسالة تجريبية
setup-mail-letter = أُرسلت هذه الرسالة لمعرفة هل يخرج البريد، وقد خرج. لا يلزم فعل شيء.

    { $team }

# الشبكات
setup-networks-give = من تخدم؟
setup-networks-what = سطر لكل شبكة: الشبكة، ورقم النظام المستقل إن وُجد، والجهة، وقطاعها، والعنوان الذي تُراسَل عليه. لا يُحفظ شيء قبل أن ترى ما سيتغير، وكل سطر تتعذر قراءته يُذكر مع السبب.
setup-networks-count = { $count ->
    [zero] لا توجد جهات بعد.
    [one] توجد جهة واحدة. ما تعطيه يُضاف إليها، والاسم نفسه يعني الجهة نفسها.
    [two] توجد جهتان. ما تعطيه يُضاف إليهما، والاسم نفسه يعني الجهة نفسها.
    [few] توجد { $count } جهات. ما تعطيه يُضاف إليها، والاسم نفسه يعني الجهة نفسها.
    [many] توجد { $count } جهة. ما تعطيه يُضاف إليها، والاسم نفسه يعني الجهة نفسها.
   *[other] توجد { $count } جهة. ما تعطيه يُضاف إليها، والاسم نفسه يعني الجهة نفسها.
}
setup-networks-example = أسطر للتجربة
setup-networks-example-how = هذه شبكات محجوزة للأمثلة ولا يملكها أحد. انسخها إلى الحقل أعلاه لترى كيف يجري الأمر.

# أول مصدر
setup-feed-give = رفع ملف
setup-feed-what = تعرف منارة الملف من اسمه وأسطره الأولى: تقارير Shadowserver وSuricata وZeek وIDEA وIntelMQ، أو أي مصدر له ملف مطابقة. وتعرض الصفحة التالية مدى التقدم وتحسب كل سطر.
setup-feed-files = الملفات
setup-feed-files-hint = كما وصلت، ولو مضغوطة (gzip أو zip). أبقِ الأسماء التي أعطتها Shadowserver، فهي تدل على نوع التقرير.
setup-feed-send = رفع
setup-feed-home = إلى الصفحة الرئيسية
setup-feed-no-owners = لا تُعرف أي شبكة بعد، فلن يخص ما في الملف أحدًا. الشبكات أولًا:
setup-stage = يبدأ الفريق الجديد بالخدمات الأساسية: الجهات، والمصادر ومكتشفاتها، والحوادث. وتشغّل اللبنات الباقي.
