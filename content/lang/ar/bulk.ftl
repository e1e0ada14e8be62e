# تغيير سجلات كثيرة دفعة واحدة: اختيارها، ثم التأكيد، ثم النتيجة، ثم التراجع.

bulk-all = كل ما يطابق عوامل التصفية، حتى 10,000
bulk-all-how = ما تحدده يتغير فورًا. أما كل ما يطابق فيُعدّ ويُعرض عليك أولًا.
bulk-choose = اختيار
bulk-tick = اختيار { $name }
bulk-said-none = لم تختر شيئًا. حدد سطرًا واحدًا على الأقل ثم أعد المحاولة.
bulk-said-too-many = ما يطابق أكثر من 10,000. ضيّق عوامل التصفية ثم اختر من جديد: التغيير الواحد يشمل 10,000 على الأكثر.
bulk-said-done = { $what }: { $count ->
    [zero] لم يتغير شيء.
    [one] تغيّر سجل واحد.
    [two] تغيّر سجلان.
    [few] تغيّرت { $count } سجلات.
    [many] تغيّر { $count } سجلًا.
   *[other] تغيّر { $count } سجل.
} { $same ->
    [0] { "" }
   *[other] وهي كذلك من قبل: { $same }.
}
bulk-said-some = { $what }: { $count ->
    [zero] لم يتغير شيء.
    [one] تغيّر سجل واحد.
    [two] تغيّر سجلان.
    [few] تغيّرت { $count } سجلات.
    [many] تغيّر { $count } سجلًا.
   *[other] تغيّر { $count } سجل.
} { $same ->
    [0] { "" }
   *[other] وهي كذلك من قبل: { $same }.
} لم يتغير: { $refused }، وسبب أولها: { $why }.
bulk-said-undone = { $count ->
    [zero] لم يعد شيء إلى ما كان عليه.
    [one] عاد سجل واحد إلى ما كان عليه.
    [two] عاد سجلان إلى ما كانا عليه.
    [few] عادت { $count } سجلات إلى ما كانت عليه.
    [many] عاد { $count } سجلًا إلى ما كان عليه.
   *[other] عاد { $count } سجل إلى ما كان عليه.
} { $left ->
    [0] { "" }
   *[other] وتُرك كما هو: { $left }.
}
bulk-said-undone-some = عاد إلى ما كان عليه: { $count }. وتُرك كما هو: { $left }؛ والأسباب أدناه.

## ما تعرضه القائمة
bulk-offer = تغييرك الأخير «{ $what }»: { $count ->
    [zero] لا سجلات.
    [one] سجل واحد.
    [two] سجلان.
    [few] { $count } سجلات.
    [many] { $count } سجلًا.
   *[other] { $count } سجل.
}
bulk-offer-more = نتيجة كل سجل
bulk-undo = تراجع

## صفحته
bulk-title = تغيير جماعي: { $what }
bulk-confirm-title = لم يتغير شيء بعد
bulk-confirm-count = { $count ->
    [zero] لا سجل يطابق.
    [one] سجل واحد يطابق. وإن لم ينطبق عليه التغيير تُرك كما هو.
    [two] سجلان يطابقان. وما لا ينطبق عليه التغيير يُترك كما هو مع السبب.
    [few] { $count } سجلات تطابق. وما لا ينطبق عليه التغيير يُترك كما هو مع السبب.
    [many] { $count } سجلًا يطابق. وما لا ينطبق عليه التغيير يُترك كما هو مع السبب.
   *[other] { $count } سجل يطابق. وما لا ينطبق عليه التغيير يُترك كما هو مع السبب.
}
bulk-confirm-how = اختيرت هذه السجلات الآن؛ وما يطابق لاحقًا ليس منها. يجري التغيير جزءًا فجزءًا، ويمكن التراجع عنه مرة واحدة لكل سجل لم يغيّره أحد بعد ذلك.
bulk-confirm-not = عودة بلا تغيير
bulk-interrupted = انقطع العمل. بعض السجلات تم وبعضها ينتظر؛ والمتابعة تبدأ من حيث توقف.
bulk-go-on = متابعة
bulk-report-title = النتيجة
bulk-field-outcome = النتيجة
bulk-field-reason = السبب
bulk-field-records = السجلات
bulk-outcome-waiting = ينتظر
bulk-outcome-changed = تغيّر
bulk-outcome-same = كذلك من قبل
bulk-outcome-refused = لم يتغير
bulk-outcome-restored = كما كان
bulk-outcome-left = تُرك كما هو
bulk-undo-how = { $count ->
    [zero] لم يعد التراجع ممكنًا.
    [one] التراجع يعيد كل سجل لم يغيّره أحد بعد ذلك. وهو متاح يومًا واحدًا.
    [two] التراجع يعيد كل سجل لم يغيّره أحد بعد ذلك. وهو متاح يومين.
    [few] التراجع يعيد كل سجل لم يغيّره أحد بعد ذلك. وهو متاح { $count } أيام.
    [many] التراجع يعيد كل سجل لم يغيّره أحد بعد ذلك. وهو متاح { $count } يومًا.
   *[other] التراجع يعيد كل سجل لم يغيّره أحد بعد ذلك. وهو متاح { $count } يوم.
}
bulk-back = عودة إلى القائمة
bulk-more = { $count ->
    [zero] لا شيء غيرها في الملف.
    [one] سجل آخر في الملف.
    [two] سجلان آخران في الملف.
    [few] { $count } سجلات أخرى في الملف.
    [many] { $count } سجلًا آخر في الملف.
   *[other] { $count } سجل آخر في الملف.
}

## لماذا تُرك سجل
bulk-left-changed = غيّره أحدهم بعد ذلك
bulk-left-not-found = لم يعد موجودًا

## ما يُفعل بالمكتشفات
bulk-watch-acknowledged = وصلت الرسالة إلى الجهة
bulk-watch-fixed = أُصلحت
bulk-watch-false = إنذار كاذب
bulk-watch-undo = التراجع عن آخر رد
bulk-watch-hint = «أُصلحت» و«إنذار كاذب» يغيّران أيضًا موثوقية المصادر؛ والتراجع يعيدها.

## ما يُفعل بالإشعارات
bulk-warning-approve = اعتماد
bulk-warning-cancel = إلغاء الإشعار
bulk-warning-redraft = إعادة إلى مسودة
bulk-warning-retry = إعادة المحاولة
bulk-warning-help-given = قُدّمت المساعدة
bulk-warning-approve-warns = الرسالة المرسلة لا يمكن استردادها. التراجع يعيد ما لم يُرسل بعد إلى مسودة، ويبيّن ما أُرسل.

## ما يُفعل بالجهات
bulk-constituency-criticality = الأهمية: { $value }
bulk-constituency-sector = القطاع: { $value }
bulk-constituency-association = تتبع { $value }
bulk-constituency-association-none = لا تتبع جهة
bulk-constituency-remove = إزالة
bulk-constituency-restore = استعادة
bulk-constituency-set-criticality = تحديد الأهمية
bulk-constituency-set-sector = تحديد القطاع
bulk-constituency-set-association = تحديد ما تتبعه
bulk-constituency-association-how = «تتبع» هو اسم الجهة التي فوقها؛ ويُترك فارغًا إن لم توجد.
bulk-constituency-why-own-association = لا تكون الجهة فوق نفسها
bulk-constituency-why-removed = أُزيلت
bulk-constituency-why-taken = اسمها أو شبكة أو نطاق لها صار لجهة أخرى
bulk-constituency-why-merged = دُمجت في جهة أخرى؛ وصفحتها تتراجع عن ذلك

## ما يُفعل بالحوادث
bulk-response-assign = إسناد إلى { $person }
bulk-response-assign-nobody = إزالة المسؤول
bulk-response-open = فتح
bulk-response-close = إغلاق: { $resolution }
bulk-response-close-fixed = إغلاق: { $resolution }؛ أُصلحت مكتشفاتها
bulk-response-close-false = إغلاق: { $resolution }؛ مكتشفاتها إنذارات كاذبة
bulk-response-verdict = ما يقال عن المكتشفات
bulk-response-verdict-left = تبقى كما هي
bulk-response-verdict-fixed = أُصلحت
bulk-response-verdict-false = إنذارات كاذبة
bulk-response-hint = الحكم يرد على مكتشفات كل هذه الحوادث ويغيّر موثوقية مصادرها؛ والتراجع يعيد ذلك أيضًا.
bulk-response-reason = السبب إن بقيت مهام مفتوحة
bulk-response-close-left = تبقى الحوادث التي لها فحوص إغلاق أو مهام مفتوحة كما هي، وتُغلق مع ذلك إن ذُكر سبب.
bulk-response-close-note = تنال الحوادث التي لها مهام مفتوحة السبب ملاحظةً. ويعيد التراجع فتح الحوادث وما أُغلق معها من بلاغات وتحقيقات وتدابير، وتبقى الملاحظات.

## ما يُفعل بالمستخدمين
bulk-users-disable = تعطيل
bulk-users-enable = تفعيل
bulk-users-sign-out = إنهاء جلساتهم كلها
bulk-users-disable-warns = من يُعطَّل تُنهى جلساته وتُلغى رموزه: التراجع يعيد تفعيل المستخدمين، أما رموزهم فلا تعود.
bulk-users-sign-out-warns = الجلسات المنهاة لا تُستعاد: على المستخدمين الدخول من جديد.
bulk-users-why-oneself = هذا حسابك أنت
bulk-users-why-last = هذا آخر مدير يمكنه الدخول
bulk-users-why-sessions = الجلسات المنهاة لا تُستعاد، ويدخل المستخدم من جديد
