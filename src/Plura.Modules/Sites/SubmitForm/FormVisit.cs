using System.Buffers.Binary;
using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Plura.Platform;

namespace Plura.Sites;

/// <summary>
/// The signed note that a public form carries: which version of it was shown and when. Robots that never load the page have none;
/// those that answer at once are too quick; and finding the work costs a browser half a second but a flood of posts a lot.
/// </summary>
public sealed class FormVisit(KeyFiles keys, TimeProvider clock)
{
    /// <summary>Leading zero bits that the work must have.</summary>
    public const int Bits = 14;

    /// <summary>The visitor saw an earlier version of the form.</summary>
    public const string Changed = "form.changed";

    /// <summary>Nothing says which version the visitor saw.</summary>
    public const string Unknown = "form.no_visit";

    private const int Payload = 20;
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Latest = TimeSpan.FromHours(24);

    public string Note(string form, int version)
    {
        Span<byte> bytes = stackalloc byte[Payload + 16];
        BinaryPrimitives.WriteInt32BigEndian(bytes, version);
        BinaryPrimitives.WriteInt64BigEndian(bytes[4..], clock.GetUtcNow().ToUnixTimeMilliseconds());
        RandomNumberGenerator.Fill(bytes[12..Payload]);
        Sign(form, bytes[..Payload]).CopyTo(bytes[Payload..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Refused in a sentence the visitor can act on; what they typed stays in the form.</summary>
    public Result<Visit> Read(string form, int version, string? note, string? work)
    {
        Span<byte> bytes = stackalloc byte[Payload + 16];
        if (note is null || !Base64Url.TryDecodeFromChars(note, bytes, out var length) || length != bytes.Length
            || !CryptographicOperations.FixedTimeEquals(Sign(form, bytes[..Payload]), bytes[Payload..]))
            return Refusal.Invalid(Unknown, "Something went wrong between your browser and us. Nothing you wrote is lost: please press the button once more.");
        // Before all that only asks for one more press: what was ticked belongs to the words that were seen.
        if (BinaryPrimitives.ReadInt32BigEndian(bytes) != version)
            return Refusal.Invalid(Changed, "This form was changed while you had it open. Please read it again, tick what you agree to, and press the button once more.");
        var seen = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes[4..]));
        var age = clock.GetUtcNow() - seen;
        if (age > Latest)
            return Refusal.Invalid("form.visit_expired", "This page has been open for a long time. Nothing you wrote is lost: please press the button once more.");
        if (age < Soonest)
            return Refusal.Invalid("form.too_quick", "That was quicker than people usually are, so we are asking once more: please press the button again.");
        return new Visit(new Guid(SHA256.HashData(bytes)[..16]), seen, HasWork(note, work));
    }

    private static bool HasWork(string note, string? work)
    {
        if (work is not { Length: > 0 and < 20 })
            return false;
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes($"{note}:{work}"));
        return BitOperations.LeadingZeroCount(BinaryPrimitives.ReadUInt32BigEndian(hash)) >= Bits;
    }

    private byte[] Sign(string form, ReadOnlySpan<byte> payload) =>
        HMACSHA256.HashData(keys.Derive("link", "form-visit:" + form), payload)[..16];
}

/// <param name="Id">The same page sent twice has the same.</param>
/// <param name="Worked">The browser found the proof of work. Without it (no JavaScript) permission is confirmed by e-mail.</param>
public sealed record Visit(Guid Id, DateTimeOffset SeenAt, bool Worked);
