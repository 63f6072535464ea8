# Justificantes y expedientes.

# Todos los documentos
doc-page = Página { $n } de { $of }
doc-replaced = Los caracteres para los que este documento no tiene letra se escriben con su número, como [U+1F600]. Los archivos que lo acompañan los contienen tal cual.
doc-file-description = La anotación y su prueba, para comprobar con un programa
doc-authority-fr = la CNIL, en Francia
doc-authority-other = la autoridad de protección de datos del país donde vive o trabaja

# Nombres de los datos
doc-number = Justificante
doc-when = Fecha
doc-address = Dirección de correo electrónico
doc-controller = Responsable
doc-contact = Contacto
doc-how = Cómo
doc-page-origin = Sitio web
doc-form = Formulario
doc-form-version = { $name }, versión { $n }
doc-network = Red
doc-network-hash = Red, resumen con clave
doc-browser = Navegador
doc-fetch = Indicado por el navegador
doc-language = Idioma
doc-state = Estado
doc-state-change = { $before } → { $after }
doc-wording = Texto
doc-wording-version = Versión { $n } ({ $locale })
doc-sha256 = SHA-256
doc-version = Versión
doc-read-at = Dónde leerlo
doc-message-id = Message-ID
doc-mail-answer = Respuesta del servidor de correo
doc-mail-queued = Escrito
doc-mail-attempts = Intentos
doc-request = Solicitud
doc-requested-at = Solicitado
doc-record = Anotación
doc-grade = Valoración
doc-grade-person = una persona
doc-grade-likely-automated = probablemente un programa
doc-reason-code-typed = el código se escribió donde se hizo la inscripción
doc-reason-user-activated = el navegador indica que alguien hizo clic, tocó la pantalla o pulsó una tecla
doc-reason-took-time = la página estuvo abierta el tiempo que necesita una persona
doc-reason-pressed-at-once = el botón se pulsó al instante
doc-reason-page-not-opened = la página del botón no se había abierto
doc-reason-no-activation = el navegador no indica que alguien hiciera clic
doc-reason-no-fetch-metadata = el navegador no dice cómo se pidió la página
doc-reason-not-navigated = la página no se pidió como página
doc-reason-cross-site = se pidió desde otro sitio
doc-reason-prefetch = se cargó antes de una visita
doc-reason-head = solo se pidió la cabecera de la página
doc-reason-known-scanner = un programa conocido por comprobar los enlaces de los correos
doc-reason-library = un programa, no un navegador
doc-reason-no-user-agent = no dijo qué es
doc-reason-opened-at-once = abierto menos de dos segundos después de enviar el correo
doc-reason-several-links = varios enlaces de un mismo correo abiertos en segundos
doc-openings = Enlace abierto
doc-opened-at = Página abierta
doc-openings-count = { $n } veces, de ellas { $automated } por programas
doc-openings-program = { $what } (un programa: { $why })
doc-log = Registro
doc-log-entry = Entrada
doc-log-entry-of = número { $index }, en un registro de { $size } entradas
doc-log-commitment = Compromiso
doc-log-root = Raíz del registro
doc-log-signed = Firmado por el registro

# Por qué medio
doc-how-form = con el formulario de inscripción
doc-how-link = con el enlace del correo de confirmación
doc-how-code = con el código de 6 cifras del correo de confirmación
doc-how-preferences = en la página de sus preferencias
doc-how-unsubscribe = con el enlace de baja de un correo
doc-how-one-click = con el botón de baja del programa de correo
doc-how-undo = al deshacer el cambio anterior
doc-how-not-me = con el enlace «No he sido yo»
doc-how-time = por sí solo, al pasar el plazo
doc-how-mail = por correo
doc-how-api = por un sistema de la organización
doc-how-command = por un operador de este servicio

# Qué ocurrió
doc-kind-requested = Inscripción solicitada
doc-kind-mail-sent = Correo de confirmación enviado
doc-kind-mail-bounced = Correo de confirmación no entregado
doc-kind-confirmed = Consentimiento confirmado
doc-kind-withdrawn = Consentimiento retirado
doc-kind-refused = Consentimiento denegado
doc-kind-expired = Consentimiento caducado
doc-kind-lapsed = Solicitud terminada, sin confirmar a tiempo
doc-kind-reported = Solicitud señalada como ajena
doc-kind-paused = Pausa iniciada
doc-kind-resumed = Pausa terminada
doc-kind-language = Idioma cambiado
doc-kind-erased = Datos de la persona suprimidos

# En qué estado está un consentimiento
doc-state-unknown = sin consentimiento
doc-state-pending = pendiente de confirmación
doc-state-confirmed = confirmado
doc-state-withdrawn = retirado
doc-state-refused = denegado
doc-state-expired = caducado

# Justificante
doc-receipt-title = Justificante { $number }
doc-receipt-foot = Justificante { $number } · { $name }
doc-receipt-lead-confirmed = Aceptó recibir lo que figura abajo. Guarde este justificante: prueba qué aceptó, con qué texto y cuándo.
doc-receipt-lead-withdrawn = Se dio de baja de lo que figura abajo. Guarde este justificante: prueba que lo hizo y cuándo.
doc-receipt-lead-refused = Dijo que no a lo que figura abajo. No se le envía. Guarde este justificante si quiere probarlo.
doc-receipt-lead-requested = Alguien, probablemente usted, pidió lo que figura abajo. Solo se envía cuando se confirme desde su buzón.
doc-receipt-lead-other = Este justificante es suyo. Prueba qué ocurrió y cuándo.
doc-receipt-what = De qué se trata
doc-receipt-words = El texto de la página
doc-receipt-words-lead = Palabra por palabra, tal como se le mostró, con el botón que se pulsó:
doc-receipt-steps = Cómo ocurrió
doc-receipt-step = { $n }. { $what }
doc-receipt-notice = Aviso de privacidad
doc-receipt-log = Su lugar en el registro público
doc-receipt-log-lead = La huella de esta anotación está en un registro público que solo puede crecer. Nadie puede cambiarla ni quitarla sin que se note, ni siquiera quien gestiona este servicio. El registro no dice nada de usted.
doc-receipt-log-waiting = Cuando se hizo este archivo, la anotación aún esperaba su lugar en el registro público. Tarda unos segundos. Descargue el justificante otra vez para tenerlo.
doc-receipt-check = Cómo comprobarlo sin nosotros
doc-receipt-check-file = Guarde el archivo { $file }, adjunto a este PDF. Contiene la anotación y su prueba.
doc-receipt-check-command = En su propio ordenador, sin red: ayeaye verify { $file }
doc-receipt-check-page = O abra { $url } y elija el archivo. Se comprueba en su navegador y no se envía a ningún sitio.
doc-receipt-check-key = Compare la clave del registro con la que haya recibido por otro medio: { $key }
doc-receipt-leave = Si cambia de opinión
doc-receipt-leave-text = Use el enlace al pie de cualquier correo o pida su enlace en { $url }. Un botón, sin contraseña. Tiene efecto en el momento.
doc-receipt-join = Si lo quiere de nuevo
doc-receipt-join-text = Inscríbase otra vez o pida su enlace en { $url }. No se envía nada hasta que lo confirme.
doc-receipt-rights = Sus derechos
doc-receipt-rights-text = Puede ver sus datos, corregirlos, llevárselos a otro sitio, hacer que se supriman o se limite su uso. Escriba a { $contact }. También puede reclamar ante { $authority }.

# Justificante en forma de datos
doc-data-until-withdrawn = hasta que se retire el consentimiento o se supriman los datos
doc-data-until-changed = hasta que la persona decida otra cosa
doc-data-no-country = El responsable no ha indicado su país a este servicio.
doc-data-no-storage = El responsable no ha indicado a este servicio dónde se conservan los datos.
doc-data-no-transfer = El responsable no ha indicado nada a este servicio sobre transferencias a otros países.
doc-data-no-notice = La anotación no cita ningún aviso de privacidad.

# Expediente
doc-dossier-title = Pruebas de consentimiento
doc-dossier-foot = Pruebas de consentimiento · { $name } · { $date }
doc-dossier-asked-by = A petición de
doc-dossier-subject = Asunto
doc-dossier-period = Periodo
doc-dossier-period-all = todo lo que se conoce
doc-dossier-period-from = desde el { $from }
doc-dossier-period-to = hasta el { $to }
doc-dossier-period-between = del { $from } al { $to }
doc-dossier-made = Elaborado
doc-dossier-people = Personas
doc-dossier-records = Anotaciones
doc-dossier-records-erased = { $n }, de ellas { $erased } suprimidas
doc-dossier-lead = Este expediente contiene cada paso con el que una persona dio, denegó o retiró su consentimiento: quién, cuándo, cómo y el texto de la página, palabra por palabra. Las horas están en UTC.
doc-dossier-lead-proof = La huella de cada anotación está en un registro público que solo puede crecer. Por eso nadie puede cambiar después una anotación sin que se note, y nadie tiene que fiarse de este documento: su último capítulo dice cómo comprobarlo.
doc-dossier-without-erased = Las personas cuyos datos se suprimieron no figuran en él: ya nada dice qué aceptaron.
doc-dossier-index = En qué estado está cada persona
doc-dossier-none = Ninguna anotación corresponde a lo solicitado.
doc-dossier-since = { $name }: { $state }, desde el { $date }
doc-dossier-nothing = nada aceptado, denegado ni retirado
doc-dossier-nobody = Persona suprimida
doc-dossier-of-person = una persona, { $id }
doc-dossier-of-purpose = todas las personas a las que se preguntó por «{ $name }» ({ $slug })
doc-dossier-gone = suprimido: no queda nada de lo que decían estas anotaciones
doc-dossier-person = { $n }. { $name }
doc-dossier-step = { $n } { $what }
doc-dossier-contact = Persona
doc-dossier-file = Archivo
doc-dossier-reasons = Motivos
doc-dossier-shown = En la página, palabra por palabra:
doc-dossier-erased = Lo que decía esta anotación se ha suprimido, y con ello el número secreto que permitiría poner a prueba una suposición. Su entrada sigue en el registro y muestra que hubo una anotación, no lo que decía.
doc-dossier-waiting = Cuando se elaboró este expediente, esta anotación aún esperaba su lugar en el registro.
doc-dossier-check = Cómo comprobar este expediente
doc-dossier-check-lead = No necesita para ello ninguno de nuestros servicios. Este documento viene en un archivo ZIP con las anotaciones y sus pruebas.
doc-dossier-keys = Claves
doc-dossier-key-log = Registro
doc-dossier-key-witness = Testigo
doc-dossier-threshold = Testigos necesarios
doc-dossier-checkpoint = Estado firmado
doc-dossier-checkpoint-of = { $size } entradas, archivo { $file }

# Cómo comprobar un expediente
doc-verify-title = Cómo comprobar este expediente
doc-verify-files = Qué hay en el archivo ZIP
doc-verify-file-pdf = dossier.pdf: los mismos hechos, para leer
doc-verify-file-proofs = proofs/: un archivo por anotación, con su número secreto («salt») y su prueba
doc-verify-file-keys = keys.txt: las claves públicas del registro y de sus testigos
doc-verify-file-checkpoints = checkpoints/: estados del registro, tal como los firmó
doc-verify-command = Con el programa
doc-verify-command-text = En cualquier ordenador, sin red y sin cuenta:
doc-verify-step-command = Con el programa ayeaye, sin red: ayeaye verify dossier.zip
doc-verify-step-record = El compromiso. Para cada archivo de proofs/, el HMAC-SHA256 de la anotación en JSON canónico (RFC 8785), con los bytes de «salt» como clave, da la «c» de la entrada.
doc-verify-step-leaf = El lugar. El SHA-256 de un byte cero y la entrada es la hoja. Con los resúmenes de la prueba lleva a la raíz del estado firmado (RFC 6962, sección 2.1.1).
doc-verify-step-signature = La firma. Las tres líneas del estado firmado llevan la firma de la clave del registro (Ed25519; formatos c2sp.org/signed-note y c2sp.org/tlog-checkpoint).
doc-verify-step-key = La clave. Compárela con la que publica el registro o con la que recibieron otras personas: { $url }
doc-verify-step-now = El registro hoy. Todo estado posterior del registro debe contener este. Está abierto a cualquiera: { $url }
doc-verify-hand = A mano
doc-verify-key = { $name }: { $key }
doc-verify-script = Este programa comprueba los compromisos y los lugares, sin la firma. Necesita Python 3 y nada más. Guárdelo como check.py junto a la carpeta proofs y ejecute: python3 check.py

## Age and guardian
doc-kind-agreed = Primero de dos consentimientos
doc-kind-guardian-asked = Pregunta enviada por correo a quien ejerce la patria potestad o tutela
doc-kind-guardian-unreached = Correo a quien ejerce la patria potestad o tutela no entregado
doc-how-guardian = con la respuesta de quien ejerce la patria potestad o tutela
## The browser that signed up
doc-how-same-browser = con el enlace del correo de confirmación, abierto en el navegador de la inscripción
doc-reason-same-browser = el enlace se abrió en el navegador de la inscripción, el único que tiene la cookie

## What a system of the organisation's did
doc-kind-restricted = Datos congelados a petición de la persona
doc-kind-unrestricted = Fin de la congelación
doc-kind-suppressed = Dirección marcada para no recibir correos
doc-kind-unsuppressed = Marca retirada
doc-kind-cancelled = Solicitud retirada por la organización
