using Plura.Messaging.Contracts;

namespace Plura.Conversations;

/// <summary>Fetches the pictures and files of a text message from its carrier.</summary>
public sealed class TextFiles(IEnumerable<ITextMedia> carriers, TimeProvider clock)
{
    /// <summary>What somebody wrote does not wait longer for a picture that the carrier does not give.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly Dictionary<string, string> Endings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["image/jpeg"] = ".jpg",
        ["image/jpg"] = ".jpg",
        ["image/png"] = ".png",
        ["image/gif"] = ".gif",
        ["image/webp"] = ".webp",
        ["image/heic"] = ".heic",
        ["image/tiff"] = ".tiff",
        ["video/mp4"] = ".mp4",
        ["video/quicktime"] = ".mov",
        ["audio/mpeg"] = ".mp3",
        ["audio/mp4"] = ".m4a",
        ["audio/wav"] = ".wav",
        ["text/vcard"] = ".vcf",
        ["text/x-vcard"] = ".vcf",
        ["text/calendar"] = ".ics",
        ["text/plain"] = ".txt",
        ["application/pdf"] = ".pdf",
    };

    public async Task<IReadOnlyList<GivenFile>> Of(TextBody text, CancellationToken ct)
    {
        var files = new List<GivenFile>(text.Media.Count);
        foreach (var media in text.Media)
            files.Add(await Fetch(media, Name(media, files.Count, text.Media.Count), clock.GetUtcNow() - text.At > Patience, ct));
        return files;
    }

    private async Task<GivenFile> Fetch(TextMedia media, string name, bool waited, CancellationToken ct)
    {
        // Without a carrier, after the settings were changed, nobody can fetch what an earlier one keeps.
        var fetched = carriers.FirstOrDefault() is { } carrier ? await carrier.Fetch(media, ct) : new FetchedMedia(null);
        if (fetched.Later && !waited)
            throw new IOException("The carrier does not hand over a picture yet; the text is tried again.");
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
