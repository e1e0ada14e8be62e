# ما يثبت العمل: إثبات قبله من عرضه، وأرقام التدريب، والأرقام أدلةً بالكلمات.
api-scope-services-switch = تشغيل الخدمات وإيقافها يدويًا
establish-own = قبله من عرضه
establish-accept-own = اقبل إثباتك بنفسك
establish-own-how = لا أحد غيرك هنا يحق له القبول، فلك أن تقبله. وسيبقى مذكورًا في صفحة اللبنة وفي السجل أنك قبلت ما عرضته بنفسك.
establish-did-accept-own = قبله من عرضه. واللبنة قائمة.
framework-verb-own-proof-accepted = قبل الإثبات الذي عرضه بنفسه
quality-figure-trained = الأشخاص الحاصلون على شهادة سارية
quality-figure-trained-how = من بين من يحق لهم الدخول: من اجتازوا دورة لخدمة مشغَّلة منذ سنة على الأكثر. الوضع كما هو الآن. لا تُحفظ الأسماء.
quality-figure-manual-read = الأشخاص الذين يعرفون الدليل بنصه الحالي
quality-figure-manual-read-how = من بين من يحق لهم الدخول: من قرؤوا النسخة الحالية من كل وثيقة في الدليل بأي لغة. الوضع كما هو الآن. لا تُحفظ الأسماء.
quality-evidence = { $figure }: { $value } ({ $cases }، { $from } – { $until })
