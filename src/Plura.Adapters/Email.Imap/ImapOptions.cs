using System.ComponentModel.DataAnnotations;

namespace Plura.Adapters;

/// <summary><c>Email__Imap__…</c>: the mailbox in which mail for this installation lands. Nothing is registered where no host is set.</summary>
public sealed class ImapOptions
{
    public const string Section = "Email:Imap";

    [Required(ErrorMessage = "Email__Imap__Host is missing.")]
    public string Host { get; set; } = "";

    [Range(1, 65535, ErrorMessage = "Email__Imap__Port must lie between 1 and 65535.")]
    public int Port { get; set; } = 993;

    [Required(ErrorMessage = "Email__Imap__User is missing.")]
    public string User { get; set; } = "";

    [Required(ErrorMessage = "Email__Imap__Password is missing.")]
    public string Password { get; set; } = "";

    /// <summary><c>auto</c> (TLS at once on port 993, else STARTTLS where offered), <c>required</c> (STARTTLS or nothing), <c>implicit</c>, <c>none</c>.</summary>
    [RegularExpression("auto|required|implicit|none", ErrorMessage = "Email__Imap__Tls must be auto, required, implicit or none.")]
    public string Tls { get; set; } = "auto";

    /// <summary>What is unread in it is taken.</summary>
    public string Folder { get; set; } = "INBOX";

    /// <summary>Where a mail goes once it was taken; where empty, it stays and is marked as read.</summary>
    public string? DoneFolder { get; set; }

    /// <summary>How often to look where the server does not tell of new mail by itself.</summary>
    [Range(5, 3600, ErrorMessage = "Email__Imap__PollSeconds must lie between 5 and 3600.")]
    public int PollSeconds { get; set; } = 60;

    [Range(1, 600, ErrorMessage = "Email__Imap__TimeoutSeconds must lie between 1 and 600.")]
    public int TimeoutSeconds { get; set; } = 60;
}
