namespace Plura.Messaging;

/// <summary>
/// Which refusals say that the address itself is dead: 5.1.x is about the address and 5.2.1 about a mailbox that is closed. A full mailbox, policy,
/// content and reputation are not the address's fault, and must not make it dead.
/// </summary>
public static class DeadAddress
{
    /// <param name="enhanced">The enhanced status code (RFC 3463), where the server gives one.</param>
    /// <param name="code">The SMTP code, where it is known.</param>
    /// <param name="aboutRecipient">Whether the refusal is known to be about the address.</param>
    public static bool Says(string? enhanced, int? code, bool aboutRecipient) => enhanced is not null
        ? enhanced is "5.1.1" or "5.1.2" or "5.1.3" or "5.1.6" or "5.1.10" or "5.2.1" || (enhanced == "5.0.0" && aboutRecipient && code is 550 or 551 or 553)
        : aboutRecipient && code is 550 or 551 or 553;
}
