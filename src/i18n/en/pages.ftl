# Dates
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

# Around every page
title-error = Error:
frame-skip = Skip to the content
frame-languages = Language
frame-responsible = Responsible for your data: { $legal }
frame-contact = Write to { $address }
frame-notice = Privacy notice
frame-how = How this page works

# Where a person stands with one purpose
standing-never = You do not receive this.
standing-waiting = Waiting for your confirmation. Open the email we sent you.
standing-receiving = You receive this, since { $date }.
standing-left = You left on { $date }.
standing-refused = You said no on { $date }.
standing-lapsed = Your permission ended on { $date }.
purpose-how-often = How often: { $frequency }.
frequency-immediate = as things happen
frequency-daily = every day
frequency-weekly = once a week
frequency-monthly = once a month
frequency-quarterly = four times a year
frequency-occasional = from time to time

# Forms
form-errors = There is a problem
email-label = Email address
email-missing = Enter your email address
email-malformed = Enter an email address in the right format, like name@example.com
email-too-long = Enter a shorter email address: 254 characters at most
email-not-ascii = Use an address without accents before the @: many mail services cannot deliver to it
email-several = Enter one email address only
email-domain = Check what comes after the @: it does not look like the name of a mail service
code-label = 6-digit code
code-hint = It is in the email. You can paste it.
code-send = Continue
code-malformed = Enter the 6 digits of the code
code-wrong = { $n ->
    [0] This is not the code we sent. It has been tried too often: ask for a new one
    [one] This is not the code we sent. You can try once more
   *[other] This is not the code we sent. You can try { $n } more times
  }
code-expired = This code no longer works. Ask for a new one
code-exhausted = This code has been tried too often. Ask for a new one
receipt-title = Your receipt
receipt-number = Receipt
receipt-when = Date
receipt-about = About
receipt-wording = Wording
receipt-version = { $name }, version { $n } ({ $locale })
receipt-open = Open this receipt
receipt-page-title = Receipt { $number }
receipt-address = Email address
receipt-pdf = Download as PDF
receipt-data = Download the proof
receipt-files = The PDF is to read and to print. The proof is a file that anyone can check, even without us.
receipt-waiting = The proof is being written. It is mostly ready in a few seconds: load this page again, or come back later.
receipt-shown = The words you were shown
receipt-steps = How it came about
receipt-proof = Why this proves it
receipt-place = It is entry { $n } of a public log with { $of } entries. Nobody, not even we, can change an entry afterwards without it being seen.
receipt-check = Whoever has the proof file can check all of this, without asking us.
receipt-check-go = Check a proof file
number-lead = This is what was recorded under this number.
number-organisation = Organisation
number-what = What happened
number-erased = The person has been erased. Only the date and the place in the log are left.
number-log = Public log
number-place = Entry { $n }, signed
number-unsigned = Being written. Load this page again in a few seconds.
number-how = The whole receipt
number-how-text = Only the person it is about sees the whole receipt. They find it on their preference page, under the history. The proof file that comes with it can be checked by anyone.
receipt-keep = Keep this number if you want to prove your choice later. You can print this page.
undo = Undo
undo-until = You can undo this until { $until }.

# Sign up
sign-up-title = Sign up for emails from { $name }
sign-up-you-get = You will receive:
sign-up-choose = What would you like to receive?
sign-up-email-why = We use it only to send what you ask for here.
sign-up-optional = { $label } (optional)
sign-up-trap = Leave this empty
sign-up-notice = { $legal } uses your address to send you what you choose here, with your consent, until you stop it. Every email has a link to stop.
sign-up-notice-link = How your data are used
sign-up-send = Sign up
sign-up-next = We will send you an email to confirm. Nothing else until you do.
sign-up-nothing-ticked = Choose at least one kind of email
sign-up-not-offered = Choose among the boxes of this form
sign-up-field-missing = Fill in: { $label }
sign-up-field-too-long = Shorten to { $n } characters at most: { $label }
sign-up-again = Please send the form again
sign-up-text-changed = The text of this form changed after you opened it. Read it and choose again. Nothing has been saved.
sign-up-too-soon = It came back faster than forms usually do. Nothing has been saved yet. Press “Sign up” once more.
sign-up-stale = This form had been open for too long. Check it and send it again. Nothing has been saved.

# Check your email
check-title = Check your email
check-sent = We send an email to the address you gave. It should arrive within a minute.
check-do = Open it and press “Yes, send me these emails”, or type the code here.
check-until = The link and the code work until { $until }.
check-missing = The email has not arrived?
check-missing-wait = Wait a few minutes: some mail services hold a message back before they let it in.
check-missing-spam = Look in your spam folder. Search for { $sender }.
check-missing-typo = The address may have a typing mistake: go back and enter it again.
check-limit = To protect people from unwanted mail, we send at most one email every 10 minutes and three a day to the same address. If it has been blocked for new requests, nothing is sent.
check-again = Send it again
check-other = Use another address
check-resent = If the limit for this address allows it, a new email is on its way. Use the newest one.

# Confirm
confirm-title = Confirm what you want to receive
confirm-asked = Someone, probably you, signed up { $address } on { $date }.
confirm-you-get = If you say yes, you will receive:
confirm-choose = You asked for
confirm-untick = Untick what you do not want.
confirm-nothing-ticked = Leave at least one box ticked, or press “No, delete my request”
confirm-not-asked = Choose among the boxes of this request
confirm-yes = Yes, send me these emails
confirm-no = No, delete my request
confirm-why = Why one more click? Security software opens the links in emails. Your click proves that it was you.
confirm-until = This link works until { $until }. If you do nothing, the request is deleted and you receive nothing.
confirmed-title = You are signed up
confirmed-now = Your choice is saved.
confirmed-already = You confirmed this on { $when }. There is nothing more to do.
confirmed-you-get = You asked for:
confirmed-next-title = What happens next
confirmed-next = You will receive the next email when it is sent. Each one has a link to stop it. You can change your mind at any time.
confirmed-preferences = See and change your choices
deleted-title = Your request is deleted
deleted-now = You will not receive the emails this request asked for.
deleted-next = Nothing else has changed. If you receive other emails from us, you can stop them with the link in each of them.
deleted-form = Back to the form

# Preferences
preferences-title = Your email choices
preferences-address = Address: { $address }
preferences-tally = You receive { $n } of { $of }.
preferences-choose = Emails you can receive
preferences-language = Language of the emails
preferences-save = Save my choices
preferences-stop = Unsubscribe from everything
preferences-effect = What you stop, stops now. An email already on its way may still arrive.
preferences-pause = Take a break
preferences-pause-what = You keep your choices and receive nothing for:
preferences-pause-2w = 2 weeks
preferences-pause-1m = 1 month
preferences-pause-3m = 3 months
preferences-paused = Your emails are paused until { $date }.
preferences-resume = Resume now
preferences-more = See and change more
preferences-more-why = This page opened from a link that may have been passed on. So your address is partly hidden, and your history too. To see them, or to start emails without another confirmation, we send a code to your address.
preferences-code = Send me a code
preferences-code-again = Send me a new code
history-title = Your history
history-none = Nothing has happened yet.
history-when = Date
history-what = What happened
history-asked = You asked for: { $names }.
history-mailed = We sent you the email to confirm.
history-bounced = The email to confirm could not be delivered.
history-yes = You said yes to: { $names }.
history-left = You left: { $names }.
history-no = You said no to: { $names }.
history-too-old = Your permission ended: { $names }.
history-again = You said again what you had said before.
history-lapsed = Your request was not confirmed in time and was deleted.
history-not-me = You told us that a request was not yours.
history-paused = You took a break.
history-resumed = The break ended.
history-language = You changed the language of your emails.
history-by-form = With a sign-up form.
history-by-link = With the link we sent you.
history-by-code = With the code we sent you.
history-by-preferences = On this page.
history-by-unsubscribe = With the unsubscribe link of an email.
history-by-one-click = With the unsubscribe button of your mail program.
history-by-undo = By undoing the change before.
history-by-not-me = With the link for “it was not me”.
history-by-time = By itself.
recipients-title = Who receives your data
recipients-none = Nobody but { $name } and the provider of this page, who works on its instructions.
recipients-some = { $name }, the provider of this page, who works on its instructions, and:
rights-title = Your rights
rights-list = You can see your data, correct them, take them elsewhere, have them erased or frozen, and object to their use.
rights-write = Write to
rights-deadline = You get an answer within one month, free of charge.
saved-title = Saved
saved-nothing = Nothing was changed.
saved-left = You will no longer receive: { $name }.
saved-joined = You will now receive: { $name }.
saved-asked = Waiting for your confirmation: { $name }.
saved-held = Not started yet, as we may not send the confirmation email now: { $name }.
saved-language = We will write to you in: { $name }.
saved-underway = It takes effect now. An email already on its way may still arrive.
saved-confirm = A confirmation email is on its way. You receive nothing new until you confirm.
not-saved-title = Nothing was changed
not-saved-offered = The choices on offer have changed. Look at them below and save again.
not-saved-break = Choose one of the breaks below.
frozen-title = Your data are frozen
frozen-what = You asked for it. Nothing is sent to you and your choices stay as they are. You can still unsubscribe from everything. To end it, write to the address at the bottom of this page.
stopped-title = You are unsubscribed from everything
stopped-now = You will receive nothing more.
paused-title = Your emails are paused
paused-now = You receive nothing until { $date }. Then they resume by themselves.
resumed-title = The break is over
resumed-now = You receive again what is ticked below.
undone-title = Undone
undone-now = Your choices are as they were before.
undo-late-title = It is too late to undo this
undo-late-next = A change can be undone for 15 minutes. You can still change your choices below.
code-sent-title = We send you a code
code-sent-now = It should arrive within a minute. Type it under “See and change more”. It works for 30 minutes.

# Send me my link
ask-title = Send me my link
ask-what = We send you a link to the page where you see and change what you receive.
ask-hint = The address that receives our emails.
ask-send = Send me my link
ask-whose = Whose emails do you receive?
ask-nobody = Nobody sends emails with this service yet.
ask-sent-title = Check your email
ask-sent-what = If we know this address, the link should arrive within a minute.
ask-sent-unknown = To protect people’s privacy, this page does not say whether an address is known.

# Unsubscribe
unsubscribe-title = Unsubscribe from { $name }?
unsubscribe-title-all = Unsubscribe from all emails from { $name }?
unsubscribe-already = You left on { $date }. There is nothing more to do.
unsubscribe-now = Unsubscribe
unsubscribe-effect = It takes effect at once. An email already on its way may still arrive.
unsubscribe-other = Or else
unsubscribe-pause = Take a break
unsubscribe-choose = Choose what you receive
unsubscribed-title = You are unsubscribed from { $name }
unsubscribed-title-all = You are unsubscribed from all emails from { $name }
unsubscribed-now = It takes effect now. No email will follow about this.
unsubscribed-mistake = Was it a mistake?
unsubscribed-still = What you still receive
unsubscribed-still-none = Nothing from { $name }.
reason-title = One question, if you like
reason-label = Why did you unsubscribe?
reason-none = I would rather not say
reason-too-many = Too many emails
reason-not-relevant = They are not about what interests me
reason-never-asked = I never asked for them
reason-other-address = I use another address now
reason-other = Another reason
reason-send = Send my answer
reason-thanks = Thank you. Your answer is saved.

# It was not me
not-me-title = It was not you?
not-me-what = Someone entered { $address } into a sign-up form. If it was not you, one button ends it:
not-me-request = the request is deleted;
not-me-block = new requests for this address are ignored, so no more emails of this kind are sent;
not-me-keep = what you already receive does not change.
not-me-send = Block this address
not-me-nothing = If you do nothing, the request is deleted by itself after a few days, and you receive nothing.
not-me-done-title = This address is blocked
not-me-done = The request for { $address } is deleted. Sign-up forms can no longer make us write to it.
not-me-later = If you want to sign up one day, write to the address at the bottom of this page.

# Privacy notice
notice-title = Privacy notice: { $name }
notice-version = Version { $version }, in force since { $date }
notice-who = Who is responsible
notice-what-for = What your address is used for
notice-basis = Why this is allowed
notice-basis-text = Because you consent to it, for each kind of email separately (GDPR, Article 6(1)(a)). You are free to say no: nothing else depends on it.
notice-stop = How to stop
notice-stop-text = Use the link at the bottom of any email, or ask for a link here. It takes effect at once. What was sent before remains lawful.
notice-data = What is kept
notice-data-text = Your address, your language and what you enter on the form. As proof of each choice: its date and time, the text you were shown, the page, your browser’s name and part of your network address.
notice-long = How long
notice-long-request = { $n ->
    [one] A request that is not confirmed: deleted after one day.
   *[other] A request that is not confirmed: deleted after { $n } days.
  }
notice-long-consent = Your address: as long as you receive something, or until you ask us to erase it.
notice-long-lapse = { $n ->
    [one] A yes to “{ $name }” that is not used for one day no longer counts.
   *[other] A yes to “{ $name }” that is not used for { $n } days no longer counts.
 }
notice-where = Where
notice-where-eu = Your data are kept in the European Union.
notice-where-country = Your data are kept in this country: { $country }.
notice-long-proof = The proof of your choices: as long as they stand, then as long as the law lets anyone dispute them.
notice-complain = If you are not satisfied

# The front door
root-title = Your permission to receive emails
root-link = Every email sent with this service has a link to the page of your choices. If you have none at hand, ask for it.
root-docs = Documentation

# How this page works
how-title = How this page works
how-lead = This service keeps one thing: your permission to receive emails. Who may write to you, about what, and since when.
how-open = Opening a link changes nothing
how-open-text = Security software opens the links in your emails before you do. So a link only shows a page. Something changes only when you press a button on it.
how-twice = Why we ask twice
how-twice-text = Anyone can type your address into a form. So a sign-up counts only once it is confirmed from your own mailbox. A request that nobody confirms is deleted.
how-leave = Leaving is as easy as joining
how-leave-text = One button. No password and no question first. The link works in any email, however old, and takes effect at once.
how-masked = Why your address is hidden
how-masked-text = Emails get passed on. Whoever opens a link from a newsletter can stop emails, but does not see your full address or your history, and cannot sign you up for anything. For that, we send a code to your mailbox.
how-proof = What is kept as proof
how-proof-text = Each time you say yes or no: the date, the exact text you were shown, and how you answered. You get a receipt number for it.
how-watch = What does not happen here
how-watch-text = No tracking and no advertising. Nothing on these pages comes from another company. They work in any browser, without JavaScript.
how-ask = If you have no link
how-ask-text = Ask for one: we send it to your address. For anything else, write to the organisation that sends you the emails.

# When something did not happen
message-link-title = This link no longer works
message-expired = It worked until { $date }. Links stop after a while to protect your data.
message-replaced = We sent a newer link since. Use the one in the newest email.
message-revoked = You stopped emails on { $date }. Links sent before that no longer start any. If you want these emails after all, ask for a new link.
message-confirmed = The request was confirmed on { $date } with the email we sent to this address. You can stop the emails on the page of your choices.
message-frozen-title = Nothing can be changed here now
message-frozen = Your data are frozen at your request, or emails to your address had to be stopped. Nothing was changed.
message-unreadable-title = We could not read this link
message-unreadable = If you copied it from an email, check that you copied all of it. You can also ask for a new one.
message-not-found-title = Page not found
message-not-found = If you typed the address, check it. If you are looking for your email choices, ask for your link.
message-too-fast-title = Please wait a little
message-too-fast = { $n ->
    [one] There were too many requests in a short time. Nothing was changed. Try again in one minute.
   *[other] There were too many requests in a short time. Nothing was changed. Try again in { $n } minutes.
  }
message-closed-title = This form is closed
message-closed = It takes no more sign-ups. Your address has not been saved.
message-origin-title = This form cannot be used from that site
message-origin = The form was sent from a site that is not allowed to use it. Nothing was saved. You can sign up on our own page.
message-bad-request-title = We could not read this form
message-bad-request = It was not sent the way this page sends it. Nothing was changed. Open the page again and try once more.
message-too-large-title = This form is too large
message-too-large = It holds more text than we accept. Nothing was changed. Shorten it and send it again.
message-not-proven-title = Your receipt is almost ready
message-not-saved-title = Your choice was not saved
message-not-saved = The fault is on our side. Nothing was changed. Try again in a few minutes.
message-new-link = Send me a new link
message-same-address = It goes to the same address as before. You do not need to type it.
message-again = Try again
message-help = If it still does not work, write to

## The reference of the API
docs-api = Reference of the API
docs-api-lead = Every request a tool can make, what it takes and what it answers.
docs-api-english = The reference is in English, like the API itself.

## Declared fields
field-choose = Choose
field-years = { $from } to { $to }
field-years-from = { $from } or later
field-years-to = { $to } or earlier
sign-up-field-unreadable = Write in one line, without hidden characters: { $label }
sign-up-field-not-offered = Choose among the options: { $label }
sign-up-field-repeated = Fill in only once: { $label }
preferences-told = What you told us

## Privacy notice
notice-dpo = Data protection officer: { $dpo }
notice-transfer = This is outside the European Economic Area. What protects your data there: { $safeguard }
notice-transfer-adequate = This is outside the European Economic Area. The European Commission has decided that personal data are well protected there (adequacy decision; GDPR, Article 45).
notice-required = You do not have to give anything: no law and no contract asks for it. Without your address we cannot send you emails. A field marked as optional may stay empty.
notice-automated = Nothing about you is decided by a program alone.
notice-complain-named = You can complain to the data protection authority:
notice-complain-other = You can also go to the authority of the country where you live or work.
notice-complain-any = You can complain to the data protection authority of the country where you live or work. In the European Union, they are listed at edpb.europa.eu.
## Age and guardian
age-legend = How old are you?
age-why = Below { $age }, the law asks for the agreement of a parent or guardian as well. We keep only which of the two you choose.
age-why-refuse = Below { $age }, nobody can sign up here alone. We keep only which of the two you choose.
age-at-least = I am { $age } or older
age-younger = I am younger than { $age }
age-missing = Say whether you are { $age } or older
guardian-label = Email address of a parent or guardian (only if you are younger than { $age })
guardian-why = We ask them by email whether they agree. We send nothing else until both of you have said yes. Leave it empty if you are { $age } or older.
guardian-missing = Enter the email address of a parent or guardian, as you are younger than { $age }
guardian-same = Enter the address of a parent or guardian, not your own
guardian-wrong = Check the address of your parent or guardian. { $problem }
young-title = You cannot sign up here alone yet
young-nothing = Nothing of what you entered was kept.
young-why = These emails are for people who are { $age } or older. That is the age from which the law lets you agree to them alone.
young-next = You have done nothing wrong. If you have a question, ask an adult to write to us.
waiting-title = Your yes is saved
waiting-now = Now a parent or guardian has to say yes too. We have asked them by email.
waiting-until = They can answer until { $until }. If they do not, the request is deleted and you receive nothing.
waiting-next = There is nothing more to do for you. Until they have answered, we send you nothing else.
waiting-change = If you have changed your mind, you can still delete your request.
guardian-title = Do you agree to these emails?
guardian-asked = On { $date }, someone younger than { $age } asked to receive emails at { $address } and gave your address as the one of a parent or guardian.
guardian-get = If you both say yes, the child will receive:
guardian-yes = Yes, I agree
guardian-no = No, delete the request
guardian-both = Two people must agree: the child and you. Nothing is sent before that. The emails can be stopped at any time.
guardian-until = This link works until { $until }. If you do nothing, the request is deleted and no emails are sent.
guardian-not-me = I am not a parent or guardian of this child
guardian-agreed-title = Your yes is saved
guardian-agreed-waits = The child still has to say yes, in the email we sent to { $address }. Until then nothing is sent.
guardian-agreed-done = The child has said yes too. The emails can start.
guardian-agreed-stop = Each email has a link to stop it. You can also write to us at any time, at the address below.
guardian-agreed-kept = We no longer keep your address. As proof of your answer, we keep its date and a code made from your address.
guardian-over-title = This request is over
guardian-over = It was deleted. No emails are sent because of it, and we no longer keep your address.
guardian-refused-title = The request is deleted
guardian-refused = You said no. The child receives none of the emails that were asked for, and we no longer keep your address.
guardian-block-what = Someone gave your address as the one of a parent or guardian. If that is wrong, one button ends it:
guardian-block-keep = emails you receive yourself do not change.
standing-waiting-guardian = Waiting for two answers: yours and the one of a parent or guardian. We sent each of you an email.
saved-guardian = Not changed: { $name }. A parent or guardian has to agree: ask for it with the sign-up form.
history-agreed-child = You said yes. A parent or guardian had still to say yes too.
history-agreed-guardian = A parent or guardian said yes. You had still to say yes too.
history-guardian-asked = We asked a parent or guardian by email.
history-guardian-unreached = The email to a parent or guardian could not be delivered.
history-by-guardian = By the answer of a parent or guardian.
## proof of work and budgets
prove-title = One more step
prove-why = Your address has not been saved yet. This form gets very many sign-ups just now, and most of them are not from people.
prove-next = Press the button to go on. Your browser may count for a moment: that is how we tell you from a program.
prove-send = Continue
prove-counting = Counting. This takes a few seconds.
email-disposable = Use an address you will keep: this one is of a service for throw-away addresses
check-meant = Did you mean an address at { $domain }?
check-meant-next = The address you typed ends a little differently. If it is right, all is well. If not, sign up again with the right one.
## Looks
misdirected = This name leads here, but no page is set up for it. If it is yours: write it under “hosts” of your tenant and apply the file, or make it the base URL. A proxy in front must pass the Host header on as it came.
## The browser that signed up
check-same-browser = If you open the link of the email in this browser, there is no button to press: opening it means yes.
history-by-same-browser = By opening the link we sent you in the browser you signed up with.
how-cookie = The one cookie
how-cookie-text = When you sign up, your browser keeps one cookie for this site, until you answer or the request runs out. If the link in the email is opened in that same browser, the page knows that it is you, and you need not press the button. Nobody else’s browser has this cookie, and no security software has it. It is used for nothing else, and there is no other cookie.
## Embedded forms
embed-down = The form could not be sent. What you entered is still here. Press the button again in a moment.
embed-own-page = Sign up on our own page instead
embed-change = Every email has a link to change your choices or to stop.

## Snippets
snippet-title = Put this form on your site
snippet-lead = Four ways, one form. The words people agree to stay the ones you have published here.
snippet-element = Element
snippet-element-why = Paste this where the form is to stand. It takes on the look of your page. Without script, people see the link.
snippet-pinned = To load exactly these bytes and no others, use this line for the script. It does not get our corrections.
snippet-plain = Plain HTML
snippet-plain-why = No script at all. It carries the version of its words: paste it again when you change the form or a text.
snippet-frame = Frame
snippet-frame-why = For site builders that take no script. The script below only fits the height; leave it out and the frame scrolls.
snippet-link = Link and QR code
snippet-link-why = For posts, messages and paper.
snippet-qr = QR code of this address
snippet-copy = Copy
snippet-copied = Copied
snippet-preview = Preview
snippet-preview-why = This is the real form. What you send here is a real sign-up.
snippet-auto = As the page
snippet-light = Light
snippet-dark = Dark
snippet-bare = Without our style
snippet-phone = Phone width
snippet-wide = Full width

## Acts of the organisation
history-restricted = Your data were frozen at your request.
history-unrestricted = The freeze of your data ended.
history-suppressed = Your address was marked as not to be mailed.
history-unsuppressed = The mark that your address must not be mailed was lifted.
history-cancelled = The request was taken back before you confirmed it.
history-by-api = As told to the organisation.

## Events

docs-events = Events
docs-events-lead = What happens here, and what the feed and webhooks say of it.

## Recipients

recipients-past = { $name } received your address until { $date }.
