using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Fetches the pictures and files of a text message from its carrier.</summary>
public sealed class TextFiles(IEnumerable<ITextMedia> carriers, TimeProvider clock)
{
    /// <summary>
    /// What somebody wrote does not wait longer for a picture that the carrier does not give. Shorter than the time in which a message of the outbox is given
    /// up (three minutes at least): its last tries do without.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>So long all files of one text may take together: others wait behind it.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(1);

    private static readonly Dictionary<string, string> Endings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["image/jpeg"] = ".jpg",
        ["image/jpg"] = ".jpg",
        ["image/png"] = ".png",
        ["image/gif"] = ".gif",
        ["image/webp"] = ".webp",
        ["image/heic"] = ".heic",
        ["image/heif"] = ".heif",
        ["image/tiff"] = ".tiff",
        ["video/mp4"] = ".mp4",
        ["video/quicktime"] = ".mov",
        ["video/3gpp"] = ".3gp",
        ["audio/3gpp"] = ".3gp",
        ["audio/amr"] = ".amr",
        ["audio/mpeg"] = ".mp3",
        ["audio/mp4"] = ".m4a",
        ["audio/wav"] = ".wav",
        ["text/vcard"] = ".vcf",
        ["text/x-vcard"] = ".vcf",
        ["text/calendar"] = ".ics",
        ["text/plain"] = ".txt",
        ["application/pdf"] = ".pdf",
    };

    /// <summary>What phone companies take along; more is lost on its way.</summary>
    private const int LargestTogether = 5_000_000;

    /// <summary>Of what is no picture they take less.</summary>
    private const int LargestOther = 500_000;

    private static readonly HashSet<string> Carried = new([".jpg", ".jpeg", ".png", ".gif", ".vcf", ".pdf", ".mp4", ".mp3"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What goes along with an answer by text.</summary>
    public static Refusal? Check(IReadOnlyList<GivenFile> files)
    {
        if (files.FirstOrDefault(f => !Carried.Contains(Path.GetExtension(f.Name))) is { } other)
            return Refusal.Invalid("file.not_by_text", $"“{other.Name}” cannot go by text: phones take pictures (JPG, PNG, GIF), PDF, VCF, MP4 and MP3. Send it by e-mail.", nameof(SendReply.Text));
        if (files.FirstOrDefault(f => !FileKinds.IsPicture(f.Name) && f.Bytes.Length > LargestOther) is { } large)
            return Refusal.Invalid("file.too_large", $"“{large.Name}” is too large to go by text: of what is no picture phones take 500 KB. Send it by e-mail.", nameof(SendReply.Text));
        return files.Sum(f => f.Bytes.LongLength) > LargestTogether
            ? Refusal.Invalid("file.too_large", "By text go at most 5 MB together. Make the pictures smaller, or send them by e-mail.", nameof(SendReply.Text))
            : null;
    }

    public async Task<IReadOnlyList<GivenFile>> Of(TextBody text, CancellationToken ct)
    {
        var (files, begun) = (new List<GivenFile>(text.Media.Count), clock.GetUtcNow());
        foreach (var media in text.Media)
        {
            var name = Name(media, files.Count, text.Media.Count);
            files.Add(clock.GetUtcNow() - begun > Together ? new GivenFile(name, [], MessageFiles.Gone) : await Fetch(media, name, begun - text.At > Patience, ct));
        }

        return files;
    }

    private async Task<GivenFile> Fetch(TextMedia media, string name, bool waited, CancellationToken ct)
    {
        // Without a carrier, after the settings were changed, nobody can fetch what an earlier one keeps.
        var fetched = carriers.FirstOrDefault() is { } carrier ? await carrier.Fetch(media, ct) : new FetchedMedia(null);
        if (fetched.Later && !waited)
            throw new TimeoutException("The carrier does not hand over a picture yet; the text is tried again.");
        return fetched.Bytes is { } bytes ? new GivenFile(name, bytes) : new GivenFile(name, [], MessageFiles.Gone);
    }

    /// <summary>Carriers give files no names: the kind is one, and its place among several.</summary>
    private static string Name(TextMedia media, int place, int of)
    {
        var type = media.Type.Split(';')[0].Trim();
        var kind = type.Split('/')[0] switch { "image" => "picture", "video" => "video", "audio" => "recording", _ => "file" };
        return (of == 1 ? kind : $"{kind}-{place + 1}") + Endings.GetValueOrDefault(type, ".bin");
    }
}
