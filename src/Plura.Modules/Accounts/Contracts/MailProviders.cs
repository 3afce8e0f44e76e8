namespace Plura.Accounts.Contracts;

/// <summary>Where anybody can have a mailbox: such a domain says nothing of whoever writes from it, and nobody but the provider can prove it.</summary>
public static class MailProviders
{
    private static readonly HashSet<string> All = new(
        ["gmail.com", "googlemail.com", "yahoo.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "icloud.com", "me.com", "aol.com", "proton.me", "protonmail.com", "gmx.de", "gmx.net", "gmx.com", "web.de", "t-online.de", "mail.com", "mail.ru", "yandex.com", "yandex.ru", "zoho.com", "fastmail.com", "hey.com", "qq.com", "163.com", "orange.fr", "free.fr", "libero.it", "comcast.net", "btinternet.com"],
        StringComparer.OrdinalIgnoreCase);

    public static bool Everybodys(string domain) => All.Contains(domain);
}
