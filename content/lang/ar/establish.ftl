# اللبنات المطبقة والخدمات المشغّلة.
establish-title = التأسيس
establish-hint = تطبيق اللبنة يشغّل خدمتها ويبيّن ما يبقى على الأشخاص. والناقص يأتي أولًا.
establish-services = الخدمات
establish-services-hint = ما كان مشغّلًا هنا ظهر في القائمة وفي واجهة البرمجة وفي الدليل؛ وما أُوقف لا يظهر في شيء منها. والبيانات باقية.
establish-service = الخدمة
establish-is = الحالة
establish-stage = المرحلة
establish-stage-basic = أساسية
establish-stage-enhanced = معزّزة
establish-begins = تتوفر للفريق الجديد
establish-begins-first = من اليوم الأول
establish-begins-later = مع لبنتها
establish-switched = آخر تغيير
establish-change = تغيير
establish-by-block = عن طريق لبنة
establish-on = مشغّلة
establish-off = موقوفة
establish-always = لا تُوقف أبدًا
establish-switch-on = تشغيل
establish-switch-off = إيقاف
establish-on-title = تشغيل: { $service }
establish-off-title = إيقاف: { $service }
establish-blocks = اللبنات
establish-blocks-of = اللبنات التي تأتي بـ: { $service }
establish-ask-admin = مدير النظام يغيّر الخدمات يدويًا، والمناوب يطبّق اللبنات.
establish-ask-duty = المناوب أو مدير النظام يطبّق اللبنات.
establish-off-what-constituency = لا تعود الجهات في القائمة. وتبقى للمكتشفات أصحابها وللرسائل عناوينها.
establish-off-what-watch = لا تعود المصادر والأحداث والمكتشفات في القائمة. وما يُسلّم من سطر الأوامر يبقى يُقرأ.
establish-off-what-warning = لا تُعدّ إشعارات، ولا يخرج ما اعتُمد منها، ولا يُذكَّر أحد. وتبقى الروابط في الرسائل التي خرجت عاملة.
establish-off-what-response = لا تعود الحوادث في القائمة، ولا تفتح القواعد حادثة.
establish-off-what-picture = لا تعود الصورة الوطنية وشاشة الجدار متاحتين، ولا تخرج النشرة اليومية.
establish-off-what-api = تُرفض البرامج أيًا كان رمز وصولها، ولا يخرج أي إخطار آلي.
establish-off-keeps = تُحفظ البيانات كلها، ويمكن تشغيلها من جديد في أي وقت.
establish-did-on = شُغّلت: { $service }
establish-did-off = أُوقفت: { $service }
establish-stand-missing = ناقصة
establish-stand-begun = بدأت
establish-stand-in-place = قائمة
establish-show = عرض
establish-none = لا توجد لبنة كهذه
establish-none-how = أزل أحد المرشّحات.
establish-switches = الخدمات التي تشغّلها
establish-person = من يأتي به
establish-due = حتى
establish-steps = ما ينتج عن تطبيقها
establish-steps-now = حالها الآن
establish-step = الخطوة
establish-outcome = النتيجة
establish-found = وُجد
establish-outcome-will = سيُفعل
establish-outcome-done = يلزم فعله من جديد
establish-outcome-already-so = هو كذلك بالفعل
establish-outcome-needs-person = يحتاج إلى شخص
establish-outcome-stays = يبقى
establish-step-service = الخدمة مشغّلة: { $service }
establish-step-service-how = طبّق اللبنة.
establish-step-proof = قُبل ما يثبتها
establish-step-proof-how = يقدّمه شخص أدناه ويقبله شخص آخر.
establish-go = الانتقال إليها
establish-go-to = الانتقال إلى: { $what }
establish-needs = تقوم على ما يلي، ولا توفره أي لبنة مطبقة
establish-apply = تطبيق
establish-apply-again = تطبيق من جديد
establish-undo = التراجع عن التطبيق
establish-undo-hint = لا يوقف التراجع إلا ما شغّله هذا التطبيق، وفقط إذا لم يغيّره أحد بعده ولم تحتج إليه لبنة مطبقة أخرى.
establish-applied-by = طبّقها
establish-proof = ما يثبتها
establish-roles = من يعمل عليها
establish-shown = قُدِّم
establish-text = ما هو
establish-link = رابط
establish-file = ملف
establish-accepted = قُبل
establish-apply-first = طبّقها أولًا؛ ثم يأتي شخص بما يثبتها.
establish-accept = قبول
establish-refuse = غير كافٍ
establish-assign = من يأتي به
establish-keep = حفظ
establish-show-proof = تقديم الإثبات
establish-show-hint = يكفي نص أو رابط أو ملف. ويُحفظ الملف مع بصمته.
establish-did-apply = { $count ->
    [zero] طُبّقت. ولم يبق شيء.
    [one] طُبّقت. وبقيت خطوة واحدة على شخص.
    [two] طُبّقت. وبقيت خطوتان على أشخاص.
    [few] طُبّقت. وبقيت { $count } خطوات على أشخاص.
    [many] طُبّقت. وبقيت { $count } خطوة على أشخاص.
   *[other] طُبّقت. وبقيت { $count } خطوة على أشخاص.
}
establish-did-undo = { $count ->
    [zero] تم التراجع.
    [one] تم التراجع؛ وبقيت خدمة واحدة مشغّلة لأنها مطلوبة لغيرها أو غُيّرت بعدها.
    [two] تم التراجع؛ وبقيت خدمتان مشغّلتين لأنهما مطلوبتان لغيرها أو غُيّرتا بعدها.
    [few] تم التراجع؛ وبقيت { $count } خدمات مشغّلة لأنها مطلوبة لغيرها أو غُيّرت بعدها.
    [many] تم التراجع؛ وبقيت { $count } خدمة مشغّلة لأنها مطلوبة لغيرها أو غُيّرت بعدها.
   *[other] تم التراجع؛ وبقيت { $count } خدمة مشغّلة لأنها مطلوبة لغيرها أو غُيّرت بعدها.
}
establish-did-assign = حُفظ.
establish-did-show = قُدِّم الإثبات. ويقبله شخص آخر.
establish-did-accept = قُبل الإثبات. واللبنة قائمة.
establish-did-refuse = يجب تقديم الإثبات من جديد.
establish-refused-not-applied = لم تُطبّق اللبنة
establish-refused-text = للنص 500 حرف على الأكثر، ولا يصح أن يكون فارغًا
establish-refused-link = يبدأ الرابط بـ https:// أو http://
establish-refused-day = يُكتب اليوم بصيغة 2026-11-22
establish-refused-nothing-shown = لم يُقدَّم شيء بعد
establish-refused-accepted = سبق قبوله؛ سجّل أولًا أنه غير كافٍ
establish-refused-own = من يقدّم الإثبات لا يقبله بنفسه
establish-refused-moved = عُرض شيء آخر بعد ذلك؛ اطّلع عليه أولًا
establish-check-constituents = أُدخلت الجهات
establish-check-constituents-how = استورد القائمة أو أدخل الجهة الأولى.
establish-check-networks = أصحاب الشبكات معروفون
establish-check-networks-how = استورد الجهات مع شبكاتها.
establish-check-feeds = وردت ملفات
establish-check-feeds-how = اشترك في مصدر وسلّم أول ملف منه.
establish-check-tables = جداول العناوين محمّلة
establish-check-tables-how = من سطر الأوامر: ‎manara enrich load
establish-check-mail = يخرج البريد من الجهاز
establish-check-mail-how = اضبط خادم البريد؛ وإلى ذلك الحين تبقى الرسائل في الصندوق المدمج.
establish-check-office = تذكر الرسائل عنوانًا للرد
establish-check-office-how = اضبط mail تحت [warning.office] في cirt.toml.
establish-check-public-address = روابط الرسائل تقود إلى عنوان عام
establish-check-public-address-how = اضبط public_address في cirt.toml.
establish-check-letters = الرسائل موجودة بكل لغة
establish-check-letters-how = في مجلد المشغّل رسالة لا يمكن قراءتها: يبيّنها الأمر manara doctor.
establish-check-answer-days = أيام الرد بحسب الخطورة
establish-check-answer-days-how = اضبط policy_file تحت [warning] في cirt.toml.
establish-check-approvers = شخص غير مدير النظام يستطيع اعتماد الإشعارات
establish-check-approvers-how = أعطِ أحد الأشخاص دور المناوب أو معالج الحوادث.
establish-check-due-hours = مهلة الحادثة بالساعات بحسب الخطورة
establish-check-due-hours-how = اضبط policy_file تحت [response] في cirt.toml.
establish-check-handlers = شخصان غير مدير النظام يعالجان الحوادث
establish-check-handlers-how = أضف أشخاصًا بدور المناوب أو معالج الحوادث.
establish-check-country = حُدد البلد
establish-check-country-how = حدد البلد.
establish-check-digest = أحدهم يقرأ النشرة اليومية
establish-check-digest-how = اطلبها على عنوان بريدك.
establish-own = قبله من عرضه
establish-accept-own = اقبل إثباتك بنفسك
establish-own-how = لا أحد غيرك هنا يحق له القبول، فلك أن تقبله. وسيبقى مذكورًا في صفحة اللبنة وفي السجل أنك قبلت ما عرضته بنفسك.
establish-did-accept-own = قبله من عرضه. واللبنة قائمة.
