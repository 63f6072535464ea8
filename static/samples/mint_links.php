<?php

/** The unsubscribe and preferences links of $who: an email address, or an id of yours. */
function mint_links(string $base, string $kid, string $key, string $who, string $purpose = ''): array
{
    $mac = fn ($text) => hash_hmac('sha256', $text, $key, true);
    $b64 = fn ($data) => rtrim(strtr(base64_encode($data), '+/', '-_'), '=');
    $lower = function_exists('mb_strtolower') ? 'mb_strtolower' : 'strtolower';
    $isAddress = str_contains($who, '@');
    $ref = $isAddress ? 'e' . $b64(substr($mac("aye-ref-v1\n" . $lower(trim($who))), 0, 16)) : 'x' . $who;
    $token = fn ($p) => "$kid.$ref." . $b64($mac("aye-link-v1\n$kid\n$ref\n$p"));
    return ["$base/u/" . $token($purpose) . ($purpose === '' ? '' : "?p=$purpose"), "$base/p/" . $token('')];
}

if (PHP_SAPI === 'cli' && realpath($argv[0]) === __FILE__) {
    // php mint_links.php https://consent.example.org lk1 KEY_HEX ada@example.org newsletter
    [, $base, $kid, $key, $who, $purpose] = $argv;
    echo implode("\n", mint_links($base, $kid, hex2bin($key), $who, $purpose)), "\n";
}
