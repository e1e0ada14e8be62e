# البلاغات والتحقيقات والتدابير المضادة ورسائلها

tickets-nav = البلاغات

## الأنواع والحالات والمصادر
tickets-kind-report = بلاغ
tickets-kind-investigation = تحقيق
tickets-kind-countermeasure = تدبير مضاد
tickets-kind-all = الكل
tickets-kinds-report = البلاغات
tickets-kinds-investigation = التحقيقات
tickets-kinds-countermeasure = التدابير المضادة
tickets-state-new = جديد
tickets-state-open = قيد المعالجة
tickets-state-resolved = عولج
tickets-state-rejected = رُفض
tickets-state-pending-activation = طُلب تفعيله
tickets-state-active = مفعّل
tickets-state-pending-removal = طُلب رفعه
tickets-state-removed = رُفع
tickets-source-mail = بريد
tickets-source-arf = شكوى من مزوّد بريد (ARF)
tickets-source-xarf = بلاغ آلي (XARF)
tickets-source-web = النموذج العام
tickets-source-telephone = هاتف
tickets-source-api = برنامج
tickets-source-import = نظام آخر
tickets-source-person = أحد أعضاء الفريق
tickets-tlp-clear = TLP:CLEAR
tickets-tlp-green = TLP:GREEN
tickets-tlp-amber = TLP:AMBER
tickets-tlp-amber-strict = TLP:AMBER+STRICT
tickets-tlp-red = TLP:RED
tickets-overdue = تجاوز موعده
tickets-no-subject = بلا موضوع

## الحقول
tickets-field-kind = النوع
tickets-field-subject = الموضوع
tickets-field-source = وسيلة الورود
tickets-field-correspondent = الطرف الآخر
tickets-field-correspondent-name = اسم الطرف الآخر
tickets-field-mailbox = عنواننا
tickets-field-messages = الرسائل
tickets-field-language = لغة الرسائل
tickets-field-target = المطلوب حجبه
tickets-field-place = أين
tickets-field-answered = أول رد
tickets-field-sender = من
tickets-field-recipient = إلى
tickets-field-attempts = المحاولات
tickets-field-since = في الانتظار منذ
tickets-field-remark = رد خادم البريد
tickets-field-address = العنوان
tickets-field-times = مرات الإخفاق
tickets-field-last = آخر إخفاق

## القائمة
tickets-list-title = البلاغات والتحقيقات والتدابير المضادة
tickets-list-search = كلمات
tickets-list-tick = اختيار { $number }
tickets-list-none = لا توجد بلاغات بعد
tickets-list-none-how = تُنشأ من الرسائل الواردة. وبعد مكالمة يمكنك فتح بلاغ من هنا، أما الرسالة المحفوظة في ملف فتُرفع من صفحة البريد.
tickets-list-state-live = قائمة
tickets-list-state-new = جديدة
tickets-list-state-open = قيد المعالجة
tickets-list-state-pending-activation = طُلب تفعيلها
tickets-list-state-active = مفعّلة
tickets-list-state-pending-removal = طُلب رفعها
tickets-list-state-closed = مغلقة
tickets-list-state-resolved = عولجت
tickets-list-state-rejected = رُفضت
tickets-list-state-removed = رُفعت
tickets-list-state-all = الكل
tickets-list-show-mine = ما أتولاه
tickets-list-show-unowned = بلا مسؤول
tickets-list-show-unanswered = لم يُرد عليها بعد
tickets-list-show-unlinked = بلا حادثة
tickets-list-show-due = تجاوزت موعدها
tickets-many-move = تغيير الحالة
tickets-many-link = ربط بهذه الحادثة
tickets-many-moved = الحالة: { $state }
tickets-many-linked = ربط بالحادثة { $number }
tickets-many-link-warns = التراجع يفصلها عن الحادثة من جديد. أما ما عرفته الحادثة منها فيبقى لها: المؤشرات والمسؤول والعلامة والموعد.
tickets-many-no-incident = لا توجد حادثة قائمة بهذا الرقم

## واحد منها
tickets-do-write = كتابة رسالة
tickets-do-open = فتح
tickets-do-resolved = إنهاء المعالجة
tickets-do-rejected = رفض
tickets-do-active = تأكيد تفعيله
tickets-do-pending-removal = طلب رفعه
tickets-do-removed = تأكيد رفعه
tickets-do-link = ربط
tickets-do-unlink = فصل
tickets-do-unlink-which = فصل عن { $number }
tickets-do-comment = إضافة التعليق
tickets-do-answer = رد
tickets-do-move = نقل
tickets-do-retry = إعادة الإرسال
tickets-do-retry-which = إعادة الإرسال إلى { $mail }
tickets-do-stop = إيقاف
tickets-do-stop-which = إيقاف الرسالة إلى { $mail }
tickets-incident-number = رقم الحادثة
tickets-other-number = رقم السجل الآخر
tickets-no-incident = لا يتبع أي حادثة.
tickets-no-other = لا يوجد شيء بهذا الرقم يمكنك رؤيته. تحقق منه ثم أعد المحاولة.
tickets-merge = دمج في سجل آخر
tickets-merge-hint = يُعرض السجلان بعد ذلك سجلًا واحدًا تحت الرقم الآخر، وتُحوَّل إليه الرسائل الجديدة. ويمكن التراجع عن ذلك.
tickets-merged-into = دُمج هذا السجل في
tickets-kept = علامته لا تسمح بخروجه في بريد غير مشفّر. يمكنك كتابة تعليقات؛ وللكتابة إلى أحد في الخارج خفف العلامة إن جاز ذلك أو استعمل طريقًا آخر.
tickets-participants = المشاركون في المراسلة
tickets-only-acknowledged = إشعار آلي بالاستلام فقط:
tickets-not-answered = لا رد بعد
tickets-messages = الرسائل
tickets-messages-earlier = رسائل أقدم
tickets-messages-newest = أحدث الرسائل
tickets-no-messages = لا رسائل بعد.
tickets-no-messages-how = اكتب إلى الطرف الآخر أو دوّن تعليقًا أدناه.
tickets-comment = تعليق
tickets-comment-text = لأعضاء الفريق فقط
tickets-comment-hint = لا يُرسل التعليق خارج الفريق أبدًا.
tickets-observables = المؤشرات
tickets-no-observables = لم يُعثر على عنوان أو نطاق أو بصمة أو مؤشر آخر.
tickets-seen-before = ورد من قبل في
tickets-move = نقل هذه الرسالة
tickets-move-to = رقم البلاغ أو التحقيق أو التدبير المضاد
tickets-move-hint = من دون رقم تصبح بلاغًا جديدًا.
tickets-mailbox-title = عنواننا لهذه الحادثة
tickets-mailbox-hint = تنتقل معها بلاغاتها وتحقيقاتها وتدابيرها المضادة، ويخرج بريدها من هذا العنوان من الآن فصاعدًا.
tickets-do-mailbox = تغيير العنوان
tickets-none-here = لم يبلّغنا أحد عن هذه الحادثة ولم نسأل عنها أحدًا.
tickets-none-here-how = ابدأ تحقيقًا لسؤال طرف ثالث، أو اربط بها بلاغًا.

## الرسائل
tickets-message-report = بلاغ
tickets-message-reply = رد
tickets-message-bounce = لم تُسلَّم
tickets-message-automatic = آلية
tickets-message-quarantined = محتجزة
tickets-message-arf = شكوى
tickets-message-xarf = بلاغ آلي
tickets-message-sent = أرسلناها
tickets-message-acknowledgement = إشعار بالاستلام
tickets-message-comment = تعليق
tickets-message-draft = مسودة
tickets-message-quoted = نص مقتبس
tickets-message-signature = توقيع
tickets-message-empty = لا نص فيها.
tickets-message-cut = الباقي في ملف الرسالة الأصلية.
tickets-message-files = الملفات
tickets-message-to = إلى
tickets-message-of = وصلت إلى
tickets-fact-type = نوع الشكوى
tickets-fact-happened = وقت الحدوث
tickets-fact-source = المصدر
tickets-fact-source-port = منفذ المصدر
tickets-fact-destination = الهدف
tickets-fact-destination-port = منفذ الهدف
tickets-fact-url = عنوان الويب
tickets-fact-domain = النطاق
tickets-fact-reporter = المبلِّغ
tickets-fact-sender = أرسله نيابة عن المبلِّغ
tickets-fact-report-id = الرقم لدى المبلِّغ
tickets-fact-incidents = عدد الرسائل المعنية
tickets-fact-mail-from = مرسل الرسالة
tickets-fact-rcpt-to = مستلم الرسالة
tickets-fact-description = الوصف
tickets-fact-confidence = درجة الثقة، من 0 إلى 1
tickets-fact-tags = الوسوم
tickets-fact-evidence = دليل
tickets-raw = الرسالة الأصلية (ملف)
tickets-bytes = { $count ->
    [zero] لا بايت
    [one] بايت واحد
    [two] بايتان
    [few] { $count } بايتات
    [many] { $count } بايتًا
   *[other] { $count } بايت
}
tickets-deliveries = حالة التسليم
tickets-more-deliveries = { $count ->
    [zero] لا متلقين آخرين.
    [one] متلقٍّ واحد آخر غير معروض.
    [two] متلقيان آخران غير معروضين.
    [few] { $count } متلقين آخرين غير معروضين.
    [many] { $count } متلقيًا آخر غير معروضين.
   *[other] { $count } متلقٍّ آخر غير معروضين.
}
tickets-delivery-queued = في الانتظار
tickets-delivery-sending = يجري إرسالها
tickets-delivery-sent = أُرسلت
tickets-delivery-failed = تعذر إرسالها
tickets-delivery-bounced = ارتدت
tickets-delivery-stopped = أُوقفت
tickets-delivery-waiting = بانتظار شخص ثانٍ
tickets-release-waiting = بانتظار شخص ثانٍ
tickets-release-released = أُجيز إرسالها
tickets-release-released-own = أجاز كاتبها إرسالها بنفسه إذ لا يحق ذلك لغيره
tickets-release-returned = أُعيدت إلى كاتبها
tickets-release-withdrawn = سُحبت
tickets-do-release = إجازة إرسالها
tickets-do-return = إعادتها إلى كاتبها
tickets-do-withdraw = سحبها وتعديلها
tickets-do-rewrite = كتابتها من جديد
tickets-return-reason = سبب الإعادة
tickets-decrypted = فُك تشفيرها بمفتاحنا.
tickets-signed-at = وقت التوقيع:
tickets-security-pgp-mime-signed = موقّعة بـ OpenPGP.
tickets-security-pgp-mime-encrypted = مشفّرة بـ OpenPGP.
tickets-security-pgp-inline = في نصها OpenPGP.
tickets-security-smime-signed = موقّعة بـ S/MIME.
tickets-security-smime-encrypted = مشفّرة بـ S/MIME.
tickets-signature-good = التوقيع صحيح.
tickets-signature-bad = التوقيع خاطئ: لا تصدّق من تدّعي أنها منه.
tickets-signature-unknown-key = مفتاح التوقيع غير معروف.
tickets-signature-expired-key = مفتاح التوقيع منتهي الصلاحية.
tickets-signature-revoked-key = مفتاح التوقيع ملغى.
tickets-signature-other-sender = التوقيع صحيح، لكن مفتاحه لا يذكر عنوان المرسل.
tickets-signature-unverified-key = التوقيع صحيح، لكن لم يقبل أحد هنا مفتاحه بعد.
tickets-signature-part = جزء من الرسالة فقط موقّع.
tickets-signature-rejected-key = رفضنا مفتاح هذا التوقيع.
tickets-signature-unknown-issuer = موقّعة بشهادة لا تضمنها أي جهة موثوقة، فلا تثبت هوية كاتبها.
tickets-signature-unchecked = لم يُفحص أي توقيع.
tickets-faults = { $count ->
    [zero] لا مشكلات في هذه الرسالة
    [one] مشكلة واحدة في هذه الرسالة
    [two] مشكلتان في هذه الرسالة
    [few] { $count } مشكلات في هذه الرسالة
    [many] { $count } مشكلة في هذه الرسالة
   *[other] { $count } مشكلة في هذه الرسالة
}
tickets-fault-head-broken = سطر في الترويسة تتعذر قراءته.
tickets-fault-head-cut = ترويستها أطول مما نقرأ.
tickets-fault-field-cut = حقل في الترويسة أطول مما نقرأ.
tickets-fault-doubled-field = تكرر في الترويسة حقل لا يجوز إلا مرة واحدة.
tickets-fault-no-sender = لا تذكر مرسلًا.
tickets-fault-recipients-cut = متلقوها أكثر مما نقرأ.
tickets-fault-too-deep = أجزاؤها متداخلة أعمق مما نقرأ.
tickets-fault-too-many-parts = أجزاؤها أكثر مما نقرأ.
tickets-fault-boundary-missing = لا تقول أين تبدأ أجزاؤها.
tickets-fault-boundary-open = جزؤها الأخير لا ينتهي.
tickets-fault-unknown-encoding = جزء منها مرمّز بطريقة مجهولة.
tickets-fault-broken-encoding = ترميز جزء منها تالف.
tickets-fault-unknown-charset = مجموعة محارف نص فيها غير معروفة.
tickets-fault-broken-text = في نص منها ما ليس حروفًا.
tickets-fault-control-characters = في نص منها محارف تحكم.
tickets-fault-sealed-no-key = وصلت مشفّرة لغير مفاتيحنا، فتعذّر فتحها.
tickets-fault-sealed-broken = وصلت مشفّرة وهي تالفة، فتعذّر فتحها.
tickets-fault-sealed-too-much = وصلت مشفّرة، وما بداخلها أكبر أو أعمق مما نفتحه.
tickets-fault-text-cut = نصها أطول مما نحفظ.
tickets-automatic-loop = رسالة آلية: تدور في حلقة.
tickets-automatic-report = رسالة آلية: تقرير تسليم.
tickets-automatic-empty-return-path = رسالة آلية: لا تقبل ردًا.
tickets-automatic-auto-submitted = رسالة آلية بحسب ترويستها.
tickets-automatic-machine-field = رسالة آلية.
tickets-automatic-list = جاءت عبر قائمة بريدية.
tickets-automatic-precedence = بريد جماعي بحسب ترويستها.
tickets-automatic-suppressed = تطلب ألا يُرد عليها آليًا.
tickets-automatic-calendar = أرسلها تقويم.
tickets-automatic-daemon = أرسلها نظام بريد.
tickets-automatic-no-reply = من عنوان لا يقبل ردًا.
tickets-automatic-absence = رد آلي بالغياب.
tickets-automatic-own-address = مرسلة من أحد عناويننا.
tickets-automatic-own = رسالة منا عادت إلينا.
tickets-observable-ip = عنوان IP
tickets-observable-cidr = شبكة
tickets-observable-domain = نطاق
tickets-observable-url = رابط
tickets-observable-mail = عنوان بريد
tickets-observable-hash-md5 = MD5
tickets-observable-hash-sha1 = SHA-1
tickets-observable-hash-sha256 = SHA-256
tickets-observable-hash-sha512 = SHA-512
tickets-observable-cve = CVE
tickets-observable-asn = رقم نظام مستقل

## الفتح والتعديل
tickets-new-title = فتح يدوي
tickets-new-report = بلاغ جديد
tickets-new-investigation = بدء تحقيق
tickets-new-countermeasure = طلب تدبير مضاد

## الكتابة
tickets-write-title = كتابة رسالة بشأن { $number }
tickets-write-to = إلى
tickets-write-to-how = عنوان واحد في كل سطر، و100 عنوان على الأكثر. لكل متلقٍّ رسالته ولا يرى الآخرين.
tickets-letter = نموذج الرسالة
tickets-letter-none = بلا نموذج
tickets-letter-language = اللغة
tickets-letter-take = استعمال هذا النموذج
tickets-letters-in-force = النافذة
tickets-letters-fitting = لهذا النوع من السجلات
tickets-letters-others = غيرها
tickets-do-preview = معاينة
tickets-do-send = إرسال
tickets-preview = معاينة
tickets-preview-to = إلى
tickets-preview-waits = لا تُرسل إلا بعد أن يجيز إرسالها شخص ثانٍ.
tickets-preview-how = { $count ->
    [zero] لن تُرسل أي رسالة.
    [one] ستُرسل رسالة واحدة.
    [two] ستُرسل رسالتان، واحدة لكل متلقٍّ.
    [few] ستُرسل { $count } رسائل، واحدة لكل متلقٍّ.
    [many] ستُرسل { $count } رسالة، واحدة لكل متلقٍّ.
   *[other] ستُرسل { $count } رسالة، واحدة لكل متلقٍّ.
}

## البريد
tickets-mail-title = البريد
tickets-mail-addresses = عناويننا:
tickets-held = بانتظار قرار
tickets-held-title = رسالة محتجزة
tickets-held-none = لا رسائل تنتظر قرارًا.
tickets-held-none-how = تُحتجز هنا رسائل مرسلين غير معروفين تذكر رقمًا من أرقامنا.
tickets-held-search = الموضوع أو المرسل أو الرقم
tickets-held-all = كل الرسائل المحتجزة في قائمة، مع التصفية والتصدير
tickets-held-for = تذكر
tickets-held-how = لم يسبق أن تلقى مرسلها رسالة منا، وليس مشاركًا في السجل الذي يذكره الموضوع. والأرقام يمكن تخمينها، لذلك يقرر شخص.
tickets-held-hint = إن ضُمّت صار مرسلها مشاركًا. وما يُستبعد يبقى محفوظًا لكنه لا يُعرض.
tickets-held-do-discard = استبعادها
tickets-held-do-reports = جعل كل منها بلاغًا جديدًا
tickets-held-reports-warns = التراجع يحتجز الرسائل من جديد ويرفض البلاغات الجديدة التي لم يعمل عليها أحد، وتبقى أرقامها مستعملة.
tickets-do-join = ضمّها
tickets-do-report = جعلها بلاغًا جديدًا
tickets-do-discard = استبعادها
tickets-second = بانتظار شخص ثانٍ
tickets-second-how = لا يُرسل بريد بهذه العلامة إلا بعد أن يجيز إرساله شخص غير كاتبه.
tickets-second-none = لا بريد بانتظار شخص ثانٍ.
tickets-second-none-how = تظهر هنا كل رسالة تشترط علامتها شخصًا ثانيًا إلى أن يبتّ أحدهم فيها.
tickets-second-search = الموضوع أو المستلم أو الكاتب أو الرقم
tickets-second-show-others = ما كتبه غيري
tickets-second-show-mine = ما كتبته
tickets-second-all = كلها في قائمة، مع التصفية والتصدير
tickets-field-writer = كتبها
tickets-queue = في طريقها أو موقوفة أو لم تصل
tickets-queue-none = لا شيء في الانتظار ولا إخفاق.
tickets-queue-none-how = البريد المرسل يُعرض في سجله.
tickets-queue-search = المستلم أو رد الخادم أو الرقم
tickets-queue-show-undelivered = لم يصل خلال 7 أيام
tickets-queue-all = كلها في قائمة، مع التصفية والتصدير
tickets-more-lines = { $count ->
    [zero] لا تُعرض أي أسطر.
    [one] يُعرض السطر الأول فقط.
    [two] يُعرض السطران الأولان فقط.
    [few] تُعرض أول { $count } أسطر فقط.
    [many] يُعرض أول { $count } سطرًا فقط.
   *[other] يُعرض أول { $count } سطر فقط.
}
tickets-dead = عناوين معطّلة
tickets-dead-none = كل العناوين تعمل.
tickets-dead-none-how = تظهر هنا العناوين التي ترتد رسائلها أو تُرفض.
tickets-dead-search = العنوان أو رد الخادم
tickets-dead-all = كلها في قائمة، مع التصفية والتصدير
tickets-address-soft = متعثر: تستمر المحاولات
tickets-address-hard = معطّل: لا يُرسل إليه شيء
tickets-address-suspended = موقوف: لا يُرسل إليه شيء
tickets-do-lift = إعادة تفعيله
tickets-do-lift-which = إعادة تفعيله: { $mail }
tickets-suspend = إيقاف عنوان
tickets-do-suspend = إيقاف الإرسال إليه
tickets-hand-in = رفع رسالة من ملف
tickets-hand-in-file = الملف (‎.eml أو mbox فيه 1000 رسالة على الأكثر)
tickets-hand-in-kind = نوع mbox (لملفات mbox فقط)
tickets-hand-in-hint = تُعامل كأنها وصلت بالبريد، ولا تؤخذ الرسالة نفسها مرتين. ومعظم ملفات mbox من نوع mboxrd.
tickets-do-hand-in = رفع
tickets-hand-in-none = لم يُختر ملف أو أن الملف فارغ.
tickets-hand-in-one = رُفعت الرسالة.
tickets-hand-in-known = هذه الرسالة موجودة من قبل.
tickets-hand-in-too-many = في الملف أكثر من { $count } رسالة. لم يؤخذ شيء؛ قسّمه.
tickets-hand-in-many = الرسائل المأخوذة: { $count }؛ كانت هنا من قبل: { $known }.
tickets-hand-in-some = الرسائل المأخوذة: { $count }؛ كانت هنا من قبل: { $known }؛ لم تؤخذ: { $refused }، وأولها لأن: { $why }

## ما فعله النموذج
tickets-did-take = صرت المسؤول عنه.
tickets-did-move = تغيّرت حالته.
tickets-did-link = صار تابعًا للحادثة.
tickets-did-unlink = لم يعد تابعًا للحادثة.
tickets-did-merge = دُمج { $number } في هذا السجل.
tickets-did-mailbox = صارت الحادثة وما يتبعها تابعة لهذا العنوان.
tickets-did-split = عاد مستقلًا.
tickets-did-change = تغيّر.
tickets-did-open = فُتح { $number }.
tickets-did-comment = أُضيف التعليق.
tickets-did-send = { $count ->
    [zero] لم تُرسل أي رسالة.
    [one] الرسالة في طريقها.
    [two] الرسالتان في طريقهما.
    [few] { $count } رسائل في طريقها.
    [many] { $count } رسالة في طريقها.
   *[other] { $count } رسالة في طريقها.
}
tickets-did-draft = كُتبت وهي تنتظر شخصًا ثانيًا.
tickets-did-release = الرسالة في طريقها.
tickets-did-release-own = الرسالة في طريقها. كتبتها بنفسك ولا يحق لغيرك إجازة إرسالها، وقد سُجّل ذلك.
tickets-did-return = أُعيدت إلى كاتبها.
tickets-did-withdraw = سُحبت. عدّلها هنا وأرسلها من جديد.
tickets-did-move-message = صارت الرسالة تابعة لـ { $number }.
tickets-did-join = صارت الرسالة تابعة لـ { $number }.
tickets-did-report = صارت الرسالة البلاغ { $number }.
tickets-did-discard = استُبعدت الرسالة.
tickets-did-retry = ستُرسل من جديد.
tickets-did-retry-not = لا حاجة إلى ذلك: هي في الانتظار أو أُرسلت.
tickets-did-stop = أُوقفت، ويمكن إرسالها من جديد.
tickets-did-stop-not = فات الأوان: أُرسلت أو يجري إرسالها.
tickets-did-lift = عاد البريد يُرسل إلى { $mail }.
tickets-did-lift-not = لا حاجة إلى ذلك: البريد يُرسل أصلًا إلى { $mail }.
tickets-did-suspend = لن يُرسل شيء إلى { $mail }.

## الرئيسية
tickets-home-unowned = بلاغات بلا مسؤول
tickets-home-held = رسائل تنتظر قرارًا
tickets-home-release = بريد ينتظر إجازتك
tickets-home-undelivered = رسائل لم تُسلَّم (7 أيام)
tickets-search = البلاغات والتحقيقات والتدابير المضادة

# Who is to write next
tickets-list-show-answers = ما أتولاه وفيه رد لم يُقرأ
tickets-list-show-waits-us = آخر رسالة منهم
tickets-list-show-waits-them = آخر رسالة منا
tickets-list-show-waits-long = بلا رد منذ 7 أيام
tickets-home-answers = ردود تنتظر القراءة
