using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Plura.Platform;

namespace Plura.Privacy;

/// <summary>
/// The ledgers' heads, signed, in a file outside the database. A chain proves that nothing inside it was changed; only a head that stands
/// elsewhere proves that its end was not cut and that it was not written anew.
/// </summary>
public sealed class AnchorLog(DataFolder folder, KeyFiles keys)
{
    private static readonly byte[] Domain = Encoding.UTF8.GetBytes("pluraos/ledger-anchor/1\n");
    private static readonly Lock Writing = new();

    public string PublicKey => Convert.ToBase64String(Public());

    /// <summary>Appends the heads unless they are the ones that stand there already.</summary>
    /// <param name="heads">Where every account's ledger ends.</param>
    /// <param name="at">Now.</param>
    /// <param name="accepted">Why heads that lack sealed events are sealed all the same; it stays in the file.</param>
    /// <param name="audit">Where every audit log ends; the installation's own under the id of all zeros.</param>
    public Anchor? Append(IReadOnlyList<AnchorHead> heads, DateTimeOffset at, string? accepted = null, IReadOnlyList<AnchorHead>? audit = null)
    {
        lock (Writing)
        {
            var last = LastLine() is { } line ? (Line: line, Anchor: Parse(line)) : default;
            if (heads.Count == 0 && audit is null or [] && last.Line is null)
                return null;
            var sorted = Sorted(heads);
            var audited = audit is null or [] ? null : Sorted(audit);
            var root = Convert.ToHexStringLower(Root(sorted, audited));
            if (last.Anchor is { } known && known.Root == root)
                return null;
            var draft = new Anchor(CanonicalEvent.Storable(at), root, sorted, last.Line is null ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(last.Line))), accepted, "", audited);
            var anchor = draft with { Signature = Sign(draft) };
            folder.WriteSecret(Path.Combine(folder.Anchors, "ledger.pub"), PublicKey);
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(Path.Combine(folder.Anchors, $"ledger-{at.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture)}.jsonl"), options);
            file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(anchor, JsonSerializerOptions.Web) + "\n"));
            file.Flush(flushToDisk: true);
            return anchor;
        }
    }

    /// <summary>The last anchor, or null where none was ever written.</summary>
    public Anchor? Last() => LastLine() is { } line ? Parse(line) : null;

    /// <summary>Is this line ours: the signature fits, and the root fits the heads?</summary>
    public bool Genuine(Anchor anchor)
    {
        var message = Message(anchor);
        var signature = Convert.FromBase64String(anchor.Signature);
        return Convert.ToHexStringLower(Root(anchor.Heads, anchor.Audit)) == anchor.Root
            && Ed25519.Verify(signature, 0, Public(), 0, message, 0, message.Length);
    }

    private string? LastLine() => Directory.EnumerateFiles(folder.Anchors, "ledger-*.jsonl").OrderDescending(StringComparer.Ordinal)
        .Select(f => File.ReadLines(f).LastOrDefault(l => l.Length > 0))
        .FirstOrDefault(l => l is not null);

    private static Anchor? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Anchor>(line, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            // A line that was cut by a crash while writing says nothing; the next anchor stands behind it.
            return null;
        }
    }

    private string Sign(Anchor anchor)
    {
        var message = Message(anchor);
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(keys.Get("signing"), 0, message, 0, message.Length, signature, 0);
        return Convert.ToBase64String(signature);
    }

    private byte[] Public()
    {
        var key = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(keys.Get("signing"), 0, key, 0);
        return key;
    }

    private static byte[] Message(Anchor anchor)
    {
        var time = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, (anchor.At.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond);
        return [.. Domain, .. time, .. Encoding.UTF8.GetBytes($"{anchor.Root}\n{anchor.Previous}\n{anchor.Accepted}")];
    }

    private static List<AnchorHead> Sorted(IReadOnlyList<AnchorHead> heads) =>
        [.. heads.OrderBy(h => Convert.ToHexString(h.Tenant.ToByteArray(bigEndian: true)), StringComparer.Ordinal)];

    /// <summary>A line from before the audit log had a chain has the ledgers' root alone.</summary>
    private static byte[] Root(IReadOnlyList<AnchorHead> heads, IReadOnlyList<AnchorHead>? audit) =>
        audit is null ? Root(heads) : SHA256.HashData([2, .. Root(heads), .. Root(audit)]);

    /// <summary>A Merkle tree over (account, number, hash): one account's head can be shown to it without the others'.</summary>
    private static byte[] Root(IReadOnlyList<AnchorHead> heads)
    {
        var level = heads.Select(Leaf).ToList();
        while (level.Count > 1)
        {
            var next = new List<byte[]>();
            for (var i = 0; i < level.Count; i += 2)
                next.Add(i + 1 < level.Count ? SHA256.HashData([1, .. level[i], .. level[i + 1]]) : level[i]);
            level = next;
        }

        return level.Count == 0 ? CanonicalEvent.Start : level[0];
    }

    private static byte[] Leaf(AnchorHead head)
    {
        var seq = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(seq, head.Seq);
        return SHA256.HashData([0, .. head.Tenant.ToByteArray(bigEndian: true), .. seq, .. Convert.FromHexString(head.Hash)]);
    }
}

/// <param name="At">When it was sealed.</param>
/// <param name="Root">The Merkle root over the heads, hex.</param>
/// <param name="Heads">Where every account's consent ledger ended.</param>
/// <param name="Previous">SHA-256 of the line before, hex; empty on the first.</param>
/// <param name="Accepted">Set where an operator accepted that sealed events are lost, with their reason.</param>
/// <param name="Signature">Ed25519 over all of the above, base64.</param>
/// <param name="Audit">Where every audit log ended; the installation's own under the id of all zeros. Null on lines from before they were sealed.</param>
public sealed record Anchor(DateTimeOffset At, string Root, IReadOnlyList<AnchorHead> Heads, string Previous, string? Accepted, string Signature, IReadOnlyList<AnchorHead>? Audit = null);

public sealed record AnchorHead(Guid Tenant, long Seq, string Hash);
