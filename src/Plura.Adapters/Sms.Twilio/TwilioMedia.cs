using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;
using Plura.Messaging.Contracts;

namespace Plura.Adapters;

/// <summary>Fetches what came with a text from the service, which keeps it behind our key and leads on to where it lies.</summary>
public sealed class TwilioMedia(IHttpClientFactory clients, IOptions<TwilioOptions> options, TimeProvider clock) : ITextMedia
{
    public const string Client = nameof(TwilioMedia);

    private readonly TwilioOptions settings = options.Value;

    public async Task<FetchedMedia> Fetch(TextMedia media, CancellationToken ct)
    {
        // Our key goes to the service and to nobody else, whatever a message names.
        if (!Uri.TryCreate(media.Url, UriKind.Absolute, out var url) || !Uri.TryCreate(settings.BaseUrl, UriKind.Absolute, out var home) || url.GetLeftPart(UriPartial.Authority) != home.GetLeftPart(UriPartial.Authority))
            return new FetchedMedia(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, url)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.AccountSid}:{settings.AuthToken}"))) },
        };
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(settings.TimeoutSeconds), clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            using var client = clients.CreateClient(Client);
            // The client's own limit ends with the headers: a body that stops half-way would be waited for for ever.
            client.Timeout = Timeout.InfiniteTimeSpan;
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (answer.StatusCode == HttpStatusCode.Gone)
                return new FetchedMedia(null);
            // Also where it is not found: a new file may be on its way to where it lies.
            answer.EnsureSuccessStatusCode();
            return new FetchedMedia(await Read(await answer.Content.ReadAsStreamAsync(limit.Token), limit.Token));
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new FetchedMedia(null, Later: true);
        }
    }

    private static async Task<byte[]?> Read(Stream source, CancellationToken ct)
    {
        using var file = new MemoryStream();
        var buffer = new byte[81920];
        while (await source.ReadAsync(buffer, ct) is > 0 and var read)
        {
            if (file.Length + read > ITextMedia.Largest)
                return null;
            file.Write(buffer, 0, read);
        }

        return file.ToArray();
    }
}
