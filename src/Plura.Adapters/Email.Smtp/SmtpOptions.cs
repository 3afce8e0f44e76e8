using System.ComponentModel.DataAnnotations;

namespace Plura.Adapters;

/// <summary><c>Email__Smtp__…</c>: the server that takes our mail. Nothing is registered where no host is set.</summary>
public sealed class SmtpOptions
{
    public const string Section = "Email:Smtp";

    [Required(ErrorMessage = "Email__Smtp__Host is missing.")]
    public string Host { get; set; } = "";

    [Range(1, 65535, ErrorMessage = "Email__Smtp__Port must lie between 1 and 65535.")]
    public int Port { get; set; } = 587;

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary><c>auto</c> (STARTTLS where offered, TLS at once on port 465), <c>required</c> (STARTTLS or nothing), <c>implicit</c>, <c>none</c>.</summary>
    [RegularExpression("auto|required|implicit|none", ErrorMessage = "Email__Smtp__Tls must be auto, required, implicit or none.")]
    public string Tls { get; set; } = "auto";

    /// <summary>A PEM file with the certificate of an authority of your own, where no public one vouches for the server's; then only it counts.</summary>
    public string? CaFile { get; set; }

    /// <summary>How many connections may be open at once.</summary>
    [Range(1, 64, ErrorMessage = "Email__Smtp__Connections must lie between 1 and 64.")]
    public int Connections { get; set; } = 4;

    /// <summary>What we call ourselves in EHLO; this machine's name where empty.</summary>
    public string? Name { get; set; }

    [Range(1, 600, ErrorMessage = "Email__Smtp__TimeoutSeconds must lie between 1 and 600.")]
    public int TimeoutSeconds { get; set; } = 60;

    /// <summary>How long to wait for the answer to a whole message; RFC 5321 asks for ten minutes.</summary>
    [Range(1, 1800, ErrorMessage = "Email__Smtp__FinalTimeoutSeconds must lie between 1 and 1800.")]
    public int FinalTimeoutSeconds { get; set; } = 600;
}
