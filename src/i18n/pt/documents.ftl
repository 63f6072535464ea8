# Comprovativos e dossiês.

# Todos os documentos
doc-page = Página { $n } de { $of }
doc-replaced = Os caracteres que este documento não consegue desenhar são substituídos pelo seu número, como [U+1F600]. Os ficheiros que o acompanham contêm-nos tal como são.
doc-file-description = O registo e a sua prova, para verificar com um programa
doc-authority-fr = autoridade de controlo francesa, a CNIL
doc-authority-other = autoridade de proteção de dados do país onde vive ou trabalha

# Nomes dos factos
doc-number = Comprovativo
doc-when = Data
doc-address = Endereço de e-mail
doc-controller = Responsável pelo tratamento
doc-contact = Contacto
doc-how = Como
doc-page-origin = Site
doc-form = Formulário
doc-form-version = { $name }, versão { $n }
doc-network = Rede
doc-network-hash = Rede, hash com chave
doc-browser = Navegador
doc-fetch = Indicado pelo navegador
doc-language = Idioma
doc-state = Estado
doc-state-change = { $before } → { $after }
doc-wording = Texto
doc-wording-version = Versão { $n } ({ $locale })
doc-sha256 = SHA-256
doc-version = Versão
doc-read-at = Onde pode ser lida
doc-message-id = Message-ID
doc-mail-answer = Resposta do servidor de e-mail
doc-mail-queued = Escrito
doc-mail-attempts = Tentativas
doc-request = Pedido
doc-requested-at = Pedido em
doc-record = Registo
doc-grade = Avaliação
doc-grade-person = uma pessoa
doc-grade-likely-automated = provavelmente um programa
doc-reason-code-typed = o código foi introduzido onde foi feita a subscrição
doc-reason-user-activated = o navegador indica que alguém clicou, tocou ou carregou numa tecla
doc-reason-took-time = a página esteve aberta o tempo de que uma pessoa precisa
doc-reason-pressed-at-once = o botão foi acionado de imediato
doc-reason-page-not-opened = a página com o botão não tinha sido aberta
doc-reason-no-activation = o navegador não indica que alguém tenha clicado
doc-reason-no-fetch-metadata = o navegador nada diz sobre a forma como a página foi pedida
doc-reason-not-navigated = a página não foi pedida como página
doc-reason-cross-site = a página foi pedida a partir de outro site
doc-reason-prefetch = a página foi carregada por antecipação
doc-reason-head = só foi pedido o cabeçalho da página
doc-reason-known-scanner = um programa conhecido por verificar as ligações dos e-mails
doc-reason-library = um programa, não um navegador
doc-reason-no-user-agent = não disse o que é
doc-reason-opened-at-once = aberta menos de dois segundos depois do envio do e-mail
doc-reason-several-links = várias ligações do mesmo e-mail abertas em poucos segundos
doc-openings = Aberturas da ligação
doc-opened-at = Página aberta
doc-openings-count = { $n }, das quais por programas: { $automated }
doc-openings-program = { $what } (um programa: { $why })
doc-log = Diário
doc-log-entry = Entrada
doc-log-entry-of = número { $index }, num diário com { $size } entradas
doc-log-commitment = Compromisso
doc-log-root = Raiz do diário
doc-log-signed = Assinado pelo diário

# De que forma
doc-how-form = com o formulário de subscrição
doc-how-link = com a ligação do e-mail de confirmação
doc-how-code = com o código de 6 algarismos do e-mail de confirmação
doc-how-preferences = na página das escolhas
doc-how-unsubscribe = com a ligação de cancelamento de um e-mail
doc-how-one-click = com o botão de cancelamento do programa de e-mail
doc-how-undo = ao anular a alteração anterior
doc-how-not-me = com a ligação «Não fui eu»
doc-how-time = automaticamente, no fim do prazo
doc-how-mail = por e-mail
doc-how-api = por um sistema da organização
doc-how-command = por um operador deste serviço

# O que aconteceu
doc-kind-requested = Subscrição pedida
doc-kind-mail-sent = E-mail de confirmação enviado
doc-kind-mail-bounced = E-mail de confirmação não entregue
doc-kind-confirmed = Consentimento confirmado
doc-kind-withdrawn = Consentimento retirado
doc-kind-refused = Consentimento recusado
doc-kind-expired = Consentimento caducado
doc-kind-lapsed = Pedido encerrado por não ter sido confirmado a tempo
doc-kind-reported = Pedido assinalado como feito por outra pessoa
doc-kind-paused = Pausa iniciada
doc-kind-resumed = Pausa terminada
doc-kind-language = Idioma alterado
doc-kind-erased = Dados da pessoa apagados

# Em que ponto está um consentimento
doc-state-unknown = sem consentimento
doc-state-pending = à espera de confirmação
doc-state-confirmed = confirmado
doc-state-withdrawn = retirado
doc-state-refused = recusado
doc-state-expired = caducado

# Comprovativo
doc-receipt-title = Comprovativo { $number }
doc-receipt-foot = Comprovativo { $number } · { $name }
doc-receipt-lead-confirmed = Aceitou receber o que consta abaixo. Guarde este comprovativo: prova o que aceitou, com que palavras e quando.
doc-receipt-lead-withdrawn = Cancelou o que consta abaixo. Guarde este comprovativo: prova que o fez e quando.
doc-receipt-lead-refused = Disse não ao que consta abaixo. Não lhe é enviado. Guarde este comprovativo se o quiser poder provar.
doc-receipt-lead-requested = O que consta abaixo foi pedido, provavelmente por si. Só é enviado depois de o pedido ser confirmado a partir da sua caixa de correio.
doc-receipt-lead-other = Este comprovativo é seu. Prova o que aconteceu e quando.
doc-receipt-what = De que se trata
doc-receipt-words = O texto da página
doc-receipt-words-lead = Palavra por palavra, tal como lhe foi apresentado, com o botão em que se carregou:
doc-receipt-steps = Como aconteceu
doc-receipt-step = { $n }. { $what }
doc-receipt-notice = Política de privacidade
doc-receipt-log = O seu lugar no diário público
doc-receipt-log-lead = Uma impressão digital deste registo está num diário público que só pode crescer. Ninguém a pode alterar ou retirar sem que isso se veja, nem mesmo quem gere este serviço. O diário não diz nada sobre si.
doc-receipt-log-waiting = Quando este ficheiro foi criado, o registo ainda esperava pelo seu lugar no diário público. Demora alguns segundos. Transfira o comprovativo outra vez para ter esse lugar.
doc-receipt-check = Como verificar sem nós
doc-receipt-check-file = Guarde o ficheiro { $file }, que está anexado a este PDF. Contém o registo e a sua prova.
doc-receipt-check-command = No seu computador, sem rede: ayeaye verify { $file }
doc-receipt-check-page = Ou abra { $url } e escolha o ficheiro. É verificado no seu navegador e não é enviado para lado nenhum.
doc-receipt-check-key = Compare a chave do diário com a que lhe foi dada por outra via: { $key }
doc-receipt-leave = Se mudar de ideias
doc-receipt-leave-text = Utilize a ligação no fundo de qualquer e-mail, ou peça a sua ligação em { $url }. Um só botão, sem palavra-passe. Tem efeito imediato.
doc-receipt-join = Se quiser voltar a receber
doc-receipt-join-text = Subscreva outra vez, ou peça a sua ligação em { $url }. Nada é enviado até confirmar.
doc-receipt-rights = Os seus direitos
doc-receipt-rights-text = Pode ver os seus dados, corrigi-los, levá-los para outro lado, pedir a limitação do seu tratamento ou o seu apagamento. Escreva para { $contact }. Também pode apresentar uma reclamação à { $authority }.

# Comprovativo em forma de dados
doc-data-until-withdrawn = até o consentimento ser retirado ou os dados serem apagados
doc-data-until-changed = até a pessoa decidir de outra forma
doc-data-no-country = O responsável pelo tratamento não indicou o seu país a este serviço.
doc-data-no-storage = O responsável pelo tratamento não indicou a este serviço onde são conservados os dados.
doc-data-no-transfer = O responsável pelo tratamento não indicou a este serviço nada sobre transferências para outros países.
doc-data-no-notice = O registo não indica nenhuma política de privacidade.

# Dossiê
doc-dossier-title = Provas de consentimento
doc-dossier-foot = Provas de consentimento · { $name } · { $date }
doc-dossier-asked-by = A pedido de
doc-dossier-subject = Assunto
doc-dossier-period = Período
doc-dossier-period-all = tudo o que se conhece
doc-dossier-period-from = desde { $from }
doc-dossier-period-to = até { $to }
doc-dossier-period-between = de { $from } até { $to }
doc-dossier-made = Criado
doc-dossier-people = Pessoas
doc-dossier-records = Registos
doc-dossier-records-erased = { $n }, dos quais apagados: { $erased }
doc-dossier-lead = Este dossiê contém cada passo pelo qual uma pessoa deu, recusou ou retirou o seu consentimento: quem, quando, como, e o texto da página, palavra por palavra. As horas estão em UTC.
doc-dossier-lead-proof = Cada registo tem uma impressão digital num diário público que só pode crescer. Por isso, ninguém pode alterar um registo depois sem que isso se veja, e ninguém precisa de confiar neste documento: o último capítulo diz como o verificar.
doc-dossier-without-erased = As pessoas cujos dados foram apagados não constam aqui: já nada diz o que tinham aceitado.
doc-dossier-index = Em que ponto está cada pessoa
doc-dossier-none = Nenhum registo corresponde ao que foi pedido.
doc-dossier-since = { $name }: { $state }, desde { $date }
doc-dossier-nothing = nada aceite, recusado nem retirado
doc-dossier-nobody = Pessoa apagada
doc-dossier-of-person = uma pessoa, { $id }
doc-dossier-of-purpose = todas as pessoas a quem foi feito o pedido «{ $name }» ({ $slug })
doc-dossier-gone = apagado: não resta nada do que estes registos diziam
doc-dossier-person = { $n }. { $name }
doc-dossier-step = { $n } { $what }
doc-dossier-contact = Pessoa
doc-dossier-file = Ficheiro
doc-dossier-reasons = Motivos
doc-dossier-shown = Na página, palavra por palavra:
doc-dossier-erased = O que este registo dizia foi apagado e, com ele, o número secreto que permitiria a alguém testar uma suposição. A sua entrada continua no diário e mostra que houve um registo, não o que dizia.
doc-dossier-waiting = Quando este dossiê foi criado, este registo ainda esperava pelo seu lugar no diário.
doc-dossier-check = Como verificar este dossiê
doc-dossier-check-lead = Para isso não precisa de nenhum dos nossos serviços. Este documento vem num ficheiro ZIP com os registos e as suas provas.
doc-dossier-keys = Chaves
doc-dossier-key-log = Diário
doc-dossier-key-witness = Testemunha
doc-dossier-threshold = Testemunhas necessárias
doc-dossier-checkpoint = Estado assinado
doc-dossier-checkpoint-of = { $size } entradas, ficheiro { $file }

# Verificar um dossiê
doc-verify-title = Como verificar este dossiê
doc-verify-files = O que está no ficheiro ZIP
doc-verify-file-pdf = dossier.pdf: os mesmos factos, para ler
doc-verify-file-proofs = proofs/: um ficheiro para cada registo, com o seu número secreto («salt») e a sua prova
doc-verify-file-keys = keys.txt: as chaves públicas do diário e das suas testemunhas
doc-verify-file-checkpoints = checkpoints/: estados do diário, tal como os assinou
doc-verify-command = Com o programa
doc-verify-command-text = Em qualquer computador, sem rede e sem conta:
doc-verify-step-command = Com o programa ayeaye, sem rede: ayeaye verify dossier.zip
doc-verify-step-record = O compromisso. Para cada ficheiro de proofs/, o HMAC-SHA256 do registo em JSON canónico (RFC 8785), com os bytes do sal («salt») como chave, dá o «c» da entrada.
doc-verify-step-leaf = O lugar. O SHA-256 de um byte zero seguido da entrada é a folha. Com os hashes da prova, conduz à raiz que consta do estado assinado (RFC 6962, secção 2.1.1).
doc-verify-step-signature = A assinatura. As três linhas do estado assinado são assinadas com a chave do diário (Ed25519; formatos c2sp.org/signed-note e c2sp.org/tlog-checkpoint).
doc-verify-step-key = A chave. Compare-a com a que o diário publica, ou com a que outras pessoas receberam: { $url }
doc-verify-step-now = O diário hoje. Qualquer estado posterior do diário tem de conter este. Está aberto a todos: { $url }
doc-verify-hand = À mão
doc-verify-key = { $name }: { $key }
doc-verify-script = Este programa verifica os compromissos e os lugares, sem a assinatura. Só precisa do Python 3. Guarde-o com o nome check.py ao lado da pasta proofs e execute: python3 check.py

## Age and guardian
doc-kind-agreed = Primeiro de dois consentimentos
doc-kind-guardian-asked = Pergunta enviada por e-mail ao titular das responsabilidades parentais
doc-kind-guardian-unreached = E-mail ao titular das responsabilidades parentais não entregue
doc-how-guardian = com a resposta de um titular das responsabilidades parentais
## The browser that signed up
doc-how-same-browser = com a ligação do e-mail de confirmação, aberta no navegador da subscrição
doc-reason-same-browser = a ligação foi aberta no navegador da subscrição, o único que tem o cookie

## What a system of the organisation's did
doc-kind-restricted = Dados congelados a pedido da pessoa
doc-kind-unrestricted = Fim do congelamento
doc-kind-suppressed = Endereço marcado para não receber e-mails
doc-kind-unsuppressed = Marca retirada
doc-kind-cancelled = Pedido retirado pela organização
