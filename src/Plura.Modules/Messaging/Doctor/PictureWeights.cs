using AngleSharp.Html.Parser;
using Plura.Messaging.Contracts;
using Plura.Ui;

namespace Plura.Messaging;

/// <summary>How heavy the pictures are that a letter shows: their servers are asked for the size alone.</summary>
public sealed class PictureWeights(IHttpClientFactory clients)
{
    /// <summary>Its connections reach places on the internet and nothing else: the addresses are what somebody wrote.</summary>
    public const string Client = "letter-pictures";

    private const int Most = 12;
    private const long Much = 1_000_000;
    private const long TooMuch = 3_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Null where it shows none, or nobody says how large they are.</summary>
    public async Task<LetterFinding?> Examine(string html, CancellationToken ct)
    {
        var addresses = new HtmlParser().ParseDocument(html).QuerySelectorAll("img[src]").Where(i => i.GetAttribute("width") is not "1").Select(i => i.GetAttribute("src")!)
            .Where(a => Uri.TryCreate(a, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https").Distinct(StringComparer.Ordinal).Take(Most).ToList();
        if (addresses.Count == 0)
            return null;
        var sizes = await Task.WhenAll(addresses.Select(a => Size(a, ct)));
        return sizes.OfType<long>().Sum() switch
        {
            0 => null,
            > TooMuch and var bytes => new("pictures.heavy", LetterHealth.Bad, "The pictures are far too heavy", $"They have {Say.Bytes(bytes)} together. On a phone the letter stays empty for a while, and many will have gone by then. Make them smaller: 200 KB each are plenty."),
            > Much and var bytes => new("pictures.large", LetterHealth.Notice, "The pictures are heavy", $"They have {Say.Bytes(bytes)} together. Phones load that slowly: make them smaller where you can."),
            var bytes => new("pictures.light", LetterHealth.Good, "The pictures are light", $"{Say.Bytes(bytes)} together."),
        };
    }

    private async Task<long?> Size(string address, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            using var client = clients.CreateClient(Client);
            using var request = new HttpRequestMessage(HttpMethod.Head, address);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return answer.IsSuccessStatusCode ? answer.Content.Headers.ContentLength : null;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            // A server that does not answer says nothing about its picture's size.
            return null;
        }
    }
}
