# اللبنات المطبقة والخدمات المشغّلة.
establish-title = التأسيس
establish-hint = اللبنة التي تُطبّق تشغّل خدمتها وتقول ما بقي على الناس. والناقص يأتي أولًا.
establish-services = الخدمات
establish-services-hint = ما كان مشغّلًا هنا فهو في القائمة وفي واجهة البرمجة وفي الدليل؛ وما أُوقف فليس في شيء منها. والبيانات باقية.
establish-service = الخدمة
establish-is = الحالة
establish-stage = المرحلة
establish-stage-basic = أساسية
establish-stage-enhanced = معزّزة
establish-begins = تكون للفريق الجديد
establish-begins-first = من اليوم الأول
establish-begins-later = مع لبنتها
establish-switched = آخر تغيير
establish-change = غيّر
establish-by-block = بلبنة
establish-on = مشغّلة
establish-off = موقوفة
establish-always = لا تُوقف أبدًا
establish-switch-on = شغّل
establish-switch-off = أوقف
establish-on-title = تشغيل: { $service }
establish-off-title = إيقاف: { $service }
establish-blocks = اللبنات
establish-blocks-of = اللبنات التي تأتي بـ: { $service }
establish-ask-admin = مدير النظام يغيّر الخدمات يدويًا، والمناوب يطبّق اللبنات.
establish-ask-duty = المناوب أو مدير النظام يطبّق اللبنات.
establish-off-what-constituency = لا تعود الجهات في القائمة. وتبقى للمكتشفات أصحابها وللرسائل عناوينها.
establish-off-what-watch = لا تعود المصادر والأحداث والمكتشفات في القائمة. وما يُسلّم من سطر الأوامر يُقرأ كما كان.
establish-off-what-warning = لا يُعدّ إشعار، ولا يخرج ما وُوفق عليه، ولا يُذكَّر أحد. وتبقى الروابط في الرسائل التي خرجت عاملة.
establish-off-what-response = لا تعود الحوادث في القائمة، ولا تفتح قاعدة حادثًا.
establish-off-what-picture = لا تعود الصورة والشاشة الجدارية، ولا تخرج نشرة.
establish-off-what-api = تُرفض البرامج أيًا كان رمزها، ولا يُخبر خطاف ويب بشيء.
establish-off-keeps = كل البيانات محفوظة. ويمكن تشغيلها من جديد في أي وقت.
establish-did-on = شُغّلت: { $service }
establish-did-off = أُوقفت: { $service }
establish-stand-missing = ناقصة
establish-stand-begun = بدأت
establish-stand-in-place = قائمة
establish-show = أظهر
establish-none = لا توجد لبنة كهذه
establish-none-how = أزل مرشّحًا.
establish-switches = تشغّل
establish-person = من يأتي به
establish-due = حتى
establish-steps = ما يفعله تطبيقها
establish-steps-now = كيف هي الآن
establish-step = الخطوة
establish-outcome = النتيجة
establish-found = وُجد
establish-outcome-will = سيُفعل
establish-outcome-done = يُفعل من جديد
establish-outcome-already-so = هو كذلك
establish-outcome-needs-person = يحتاج إلى شخص
establish-outcome-stays = يبقى
establish-step-service = الخدمة مشغّلة: { $service }
establish-step-service-how = طبّق اللبنة.
establish-step-proof = ما يثبتها مقبول
establish-step-proof-how = يعرضه أحد أدناه ويقبله غيره.
establish-go = اذهب إليها
establish-go-to = اذهب إليها: { $what }
establish-needs = تقوم على هذه، ولا تأتي بها لبنة مطبقة
establish-apply = طبّق
establish-apply-again = طبّق من جديد
establish-undo = تراجع عن التطبيق
establish-undo-hint = لا يوقف التراجع إلا ما شغّله هذا التطبيق، وفقط إذا لم يغيّره أحد بعده ولم تحتج إليه لبنة مطبقة أخرى.
establish-applied-by = طبّقها
establish-proof = ما يثبتها
establish-roles = من يعمل عليها
establish-shown = عُرض
establish-text = ما هو
establish-link = رابط
establish-file = ملف
establish-accepted = قُبل
establish-apply-first = طبّقها أولًا؛ ثم يأتي أحد بما يثبتها.
establish-accept = اقبل
establish-refuse = لا يكفي
establish-assign = من يأتي به
establish-keep = احفظ
establish-show-proof = اعرضه
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
establish-did-show = عُرض. ويقبله شخص آخر.
establish-did-accept = قُبل. واللبنة قائمة.
establish-did-refuse = يجب أن يُعرض من جديد.
establish-refused-not-applied = لم تُطبّق اللبنة
establish-refused-text = النص 500 حرف على الأكثر، ولا بد من قول شيء
establish-refused-link = يبدأ الرابط بـ https:// أو http://
establish-refused-day = يُكتب اليوم هكذا 2026-11-22
establish-refused-nothing-shown = لم يُعرض شيء بعد
establish-refused-accepted = قُبل من قبل؛ قل أولًا إنه لا يكفي
establish-refused-own = من يعرضه لا يقبله
establish-check-constituents = الجهات مُدخلة
establish-check-constituents-how = استورد القائمة أو أدخل الأولى.
establish-check-networks = أصحاب الشبكات معروفون
establish-check-networks-how = استورد الجهات مع شبكاتها.
establish-check-feeds = وردت ملفات
establish-check-feeds-how = اشترك في مصدر وسلّم أول ملف منه.
establish-check-tables = جداول العناوين محمّلة
establish-check-tables-how = من سطر الأوامر: manara enrich load
establish-check-mail = البريد يغادر الجهاز
establish-check-mail-how = اضبط خادم البريد؛ وحتى ذلك تبقى الرسائل في الصندوق المدمج.
establish-check-office = تذكر الرسائل عنوانًا للجواب
establish-check-office-how = اضبط mail تحت [warning.office] في cirt.toml.
establish-check-public-address = روابط الرسائل تقود إلى عنوان عام
establish-check-public-address-how = اضبط public_address في cirt.toml.
establish-check-letters = الرسائل موجودة بكل لغة
establish-check-letters-how = رسالة في مجلد المشغّل لا تُقرأ: يقول manara doctor أيها.
establish-check-answer-days = أيام الجواب حسب الخطورة
establish-check-answer-days-how = اضبط policy_file تحت [warning] في cirt.toml.
establish-check-approvers = يستطيع غير مدير النظام أن يوافق على الإشعارات
establish-check-approvers-how = أعطِ أحدًا دور المناوب أو معالج الحوادث.
establish-check-due-hours = ساعات أجل الحادث حسب الخطورة
establish-check-due-hours-how = اضبط policy_file تحت [response] في cirt.toml.
establish-check-handlers = يعالج الحوادث شخصان غير مدير النظام
establish-check-handlers-how = أضف أشخاصًا بدور المناوب أو معالج الحوادث.
establish-check-country = البلد مضبوط
establish-check-country-how = قل أي بلد هو.
establish-check-digest = يقرأ أحد النشرة اليومية
establish-check-digest-how = اطلبها بعنوانك.
establish-own = قبله من عرضه
establish-accept-own = اقبل إثباتك بنفسك
establish-own-how = لا أحد غيرك هنا يحق له القبول، فلك أن تقبله. وسيبقى مذكورًا في صفحة اللبنة وفي السجل أنك قبلت ما عرضته بنفسك.
establish-did-accept-own = قبله من عرضه. واللبنة قائمة.
