namespace Plura.Accounts;

/// <summary>
/// Takes a notification to the push service that a browser named (RFC 8030). A port: an adapter stands behind it. It knows nothing of people, and whether a device
/// may get something was decided before.
/// </summary>
public interface IPushTransport
{
    /// <summary>By which browsers bind a subscription to this installation: an uncompressed P-256 point, base64url. Null where nothing can be pushed.</summary>
    string? PublicKey { get; }

    /// <summary>Whether notifications may go to this address at all: it was named by a browser, so by anybody.</summary>
    bool Takes(Uri address);

    /// <summary>Hands one notification over, once; it never throws for what a service answers.</summary>
    Task<PushEnd> Send(PushMessage message, CancellationToken ct);
}

/// <param name="Id">The same for each try.</param>
/// <param name="AccountId">From which account it comes.</param>
/// <param name="UserId">Whom it is for.</param>
/// <param name="Device">Where it goes.</param>
/// <param name="Payload">JSON for our service worker; it is encrypted for the browser alone.</param>
/// <param name="TimeToLive">How long a device that is off may take to get it.</param>
/// <param name="Topic">What is still undelivered with the same topic is replaced; at most 32 letters of base64url.</param>
public sealed record PushMessage(Guid Id, Guid AccountId, Guid UserId, PushAddress Device, string Payload, TimeSpan TimeToLive, string Topic)
{
    /// <summary>What is left of 4,096 bytes when the encryption has taken its part (RFC 8291).</summary>
    public const int MostBytes = 3_993;
}

/// <summary>A browser's subscription as it gave it.</summary>
/// <param name="Endpoint">Its address at the push service.</param>
/// <param name="Key">Its public key, an uncompressed P-256 point (65 bytes).</param>
/// <param name="Secret">Its authentication secret (16 bytes).</param>
public sealed record PushAddress(string Endpoint, byte[] Key, byte[] Secret);

/// <param name="RetryAfter">How long the service asks to wait; null where it did not say.</param>
/// <param name="Said">For whoever repairs it, without anybody's data.</param>
public sealed record PushEnd(PushOutcome Outcome, TimeSpan? RetryAfter, string Said);

public enum PushOutcome
{
    /// <summary>The service has it.</summary>
    Accepted,

    /// <summary>The subscription is not there any more: nothing may be sent to it again.</summary>
    Gone,

    /// <summary>Later, please.</summary>
    Deferred,

    /// <summary>The service was not reached, so it took nothing.</summary>
    NotBegun,

    /// <summary>The service takes no such message, however often it is sent.</summary>
    Refused,

    /// <summary>The connection broke: it may have taken it or not.</summary>
    Unknown,
}
