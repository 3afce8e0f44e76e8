namespace Plura.Conversations;

/// <summary>Why a mail was not understood, for whoever runs the installation.</summary>
public static class KeptMailWords
{
    public static string Why(string reason) => reason switch
    {
        "mail.no_account" => "It was sent to an address that no account here has.",
        "mail.unreadable" => "It is broken, or does not say who sent it.",
        "mail.too_large" => "It is larger than 30 MB. Only its beginning is kept.",
        "mail.unknown_report" => "A mail server reports something in a way that we do not know.",
        "mail.unknown_letter" => "A mail server reports about a letter that we cannot find.",
        "mail.forged_report" => "It says that a letter came back, but to an address that was not made here. Somebody may have made it up.",
        "mail.broke" => "Reading it ended in a mistake of this program. The log says more.",
        _ => "No contact could be made of its sender.",
    };

    public static string Size(int bytes) => bytes >= 1_000_000 ? $"{bytes / 1_000_000} MB" : $"{Math.Max(1, bytes / 1_000)} kB";
}
