using Plura.Messaging.Contracts;

namespace Plura.Adapters;

/// <summary>In development a picture comes in the message itself, as a <c>data:</c> address.</summary>
public sealed class DevMedia : ITextMedia
{
    public Task<FetchedMedia> Fetch(TextMedia media, CancellationToken ct)
    {
        var at = media.Url.IndexOf(";base64,", StringComparison.Ordinal);
        if (at < 0 || !media.Url.StartsWith("data:", StringComparison.Ordinal))
            return Task.FromResult(new FetchedMedia(null));
        var bytes = new byte[media.Url.Length];
        return Task.FromResult(new FetchedMedia(Convert.TryFromBase64String(media.Url[(at + 8)..], bytes, out var length) && length <= ITextMedia.Largest ? bytes[..length] : null));
    }
}
