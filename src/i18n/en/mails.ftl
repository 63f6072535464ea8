# Mails.

# Every mail
mail-raw-url = If the button does not work, copy this address into your browser:
mail-asked = Asked on { $place }, { $when }.
mail-sent-by = { $host } sent this email for { $brand }.
mail-contact = Contact: { $contact }
mail-notice = Privacy notice

# Confirm
mail-confirm-subject = Confirm your subscription to { $brand }
mail-confirm-title = Do you want these emails?
mail-confirm-who = { $brand } received a request to send emails to { $address }. Nothing else is sent until you say yes.
mail-confirm-what = If you say yes, you will receive:
mail-confirm-yes = Yes, send me these emails
mail-confirm-code = Or type this code on the sign-up page:
mail-confirm-expires = The link and the code work until { $when }.
mail-confirm-leave = If you say yes, you can still unsubscribe at any time, with one click.
mail-confirm-ignore = If this was not you, do nothing: nothing more will be sent, and the request will be deleted.
mail-confirm-not-me = It was not me
mail-confirm-not-me-means = (to block new requests for this address)

# Already signed up
mail-already-subject = Your subscription to { $brand } is already active
mail-already-title = You are already signed up
mail-already-who = A new request asked { $brand } to send emails to { $address }. You already receive them, so nothing changes.
mail-already-what = What you receive:
mail-already-since = since { $date }
mail-already-link = See or change my choices
mail-already-ignore = If this was not you, do nothing.

# Your link
mail-link-subject = Your link to your choices at { $brand }
mail-link-title = Here is your link
mail-link-who = You asked for a link to your choices at { $brand }, for { $address }.
mail-link-opens = It opens the page where you see what you receive and since when. There you can change it, unsubscribe, and use your rights over your data.
mail-link-button = Open my choices
mail-link-expires =
    { $minutes ->
        [one] The link works for one minute, until { $when }.
       *[other] The link works for { $minutes } minutes, until { $when }.
    }
mail-link-keep = Do not forward this email: whoever has it can use the link.
mail-link-ignore = If you did not ask for it, do nothing: nobody can use the link without this email.

# Your code
mail-code-subject = Your code for { $brand }
mail-code-title = Your code
mail-code-allows-preferences = Type it on the page you have open to see and change your choices at { $brand } (address { $address }).
mail-code-allows-export = Type it on the page you have open to download the data { $brand } holds about { $address }.
mail-code-allows-erasure = Type it on the page you have open to erase the data { $brand } holds about { $address }. This cannot be undone.
mail-code-expires =
    { $minutes ->
        [one] The code works for one minute, until { $when }.
       *[other] The code works for { $minutes } minutes, until { $when }.
    }
mail-code-ignore = If you did not ask for it, do nothing and give it to nobody. { $brand } never asks for this code by phone or by email.

# Receipt
mail-receipt-subject = Your receipt { $number } from { $brand }
mail-receipt-title = Your receipt
mail-receipt-agreed = On { $when }, you agreed to emails from { $brand } to { $address }:
mail-receipt-stopped = On { $when }, you stopped emails from { $brand } to { $address }:
mail-receipt-refused = On { $when }, you said no to emails from { $brand } to { $address }:
mail-receipt-change = { $name }: { $state }
mail-receipt-yes = yes
mail-receipt-stop = stopped
mail-receipt-no = no
mail-receipt-number = Receipt number: { $number }
mail-receipt-files = Attached: { $paper } (to read) and { $proof } (the proof)
mail-receipt-keep = Keep this email: it proves what you chose, and when.
mail-receipt-check = To check the proof, choose the file { $proof } on this page. It is checked in your browser and sent nowhere:
mail-receipt-ask = If you change your mind, or if this was not you, ask for a link to your choices here:

## Guardian
mail-guardian-subject = A sign-up at { $brand } needs your answer
mail-guardian-title = Do you agree to these emails?
mail-guardian-who = Someone younger than { $age } asked { $brand } to send emails to { $address }, and gave your address as the one of a parent or guardian.
mail-guardian-both = At that age, two people must agree: the child and a parent or guardian. Nothing else is sent until both have said yes.
mail-guardian-what = If you both say yes, the child will receive:
mail-guardian-yes = Yes, I agree to these emails
mail-guardian-expires = The link works until { $when }. On its page you can also say no.
mail-guardian-leave = If you say yes, the emails can still be stopped at any time, with one click.
mail-guardian-ignore = If you do not agree, or if you do not know who this is, you can also do nothing: no emails will be sent, and the request will be deleted.
mail-guardian-kept = Your address serves for this one question. It is deleted once the question is settled.
mail-guardian-not-me-means = (to block new requests for your address)
## alert
mail-alert-subject-began = The form { $form } may be under attack
mail-alert-subject-ended = The form { $form } is calm again
mail-alert-began = Since { $when } the form { $form } has received far more sign-ups than usual, or hardly any of them are confirmed. It may be used to send unwanted emails to people.
mail-alert-began-now = The form now asks browsers for a short calculation before it takes a sign-up. Visitors see one more button at the most. Nobody gets more than a few confirmation emails, whatever happens.
mail-alert-began-do = You do not need to do anything. The form switches back by itself and we will write to you then.
mail-alert-ended = The form { $form } has been calm for half an hour. It takes sign-ups as before.
mail-alert-ended-do = You do not need to do anything.

## Webhook endpoints

mail-endpoint-subject-failing = Your webhook endpoint at { $host } is failing
mail-endpoint-subject-disabled = Your webhook endpoint at { $host } is switched off
mail-endpoint-failing = Since { $when } your webhook endpoint at { $host } has taken none of our messages. Each message is tried again, for three days at most.
mail-endpoint-failing-do = Please have it looked at. If it still takes nothing on { $when }, we will switch it off and write to you.
mail-endpoint-gone = Your webhook endpoint at { $host } answered that it is gone (410). We have switched it off.
mail-endpoint-failed = Your webhook endpoint at { $host } is switched off: every delivery failed for 5 days.
mail-endpoint-disabled-do = It gets nothing more. When it works again, switch it on with { $enable } and have what it missed sent again with { $replay }.
mail-endpoint-id = Its id is { $id }.
