using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;

namespace Plura.Tests;

/// <summary>
/// A person's browser without a screen: keeps cookies by the application's clock (not the machine's), follows redirects, reads pages.
/// With <see cref="Token"/> set it is an API client.
/// </summary>
public sealed class Browser(PluraApp app)
{
    private static readonly HttpMessageInvoker Wire = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly Dictionary<string, string> cookies = new(StringComparer.Ordinal);

    /// <summary>A bearer token to send along, or null.</summary>
    public string? Token { get; set; }

    /// <summary>The host name by which this browser comes, or null for the address itself. A redirect to any other name leads nowhere.</summary>
    public string? Host { get; init; }

    /// <summary>Where the last page was, after redirects.</summary>
    public Uri Url { get; private set; } = app.Address;

    public IReadOnlyDictionary<string, string> Cookies => cookies;

    /// <summary>Puts a cookie into the jar: one that was copied from another browser.</summary>
    public void Keep(string name, string value) => cookies[name] = value;

    public async Task<WebPage> Get(string path) => await Page(await Send(HttpMethod.Get, path));

    /// <summary>POSTs a JSON body; the answer is not followed.</summary>
    public Task<HttpResponseMessage> Post(string path, object? body) => Send(HttpMethod.Post, path, body as HttpContent ?? JsonContent.Create(body), follow: false);

    public Task<HttpResponseMessage> Delete(string path) => Send(HttpMethod.Delete, path, follow: false);

    /// <summary>GETs JSON; anything but success throws with what the server said.</summary>
    public async Task<JsonElement> GetJson(string path) => await Json(await Send(HttpMethod.Get, path, accept: "application/json"));

    /// <summary>POSTs JSON and reads JSON; anything but success throws with what the server said.</summary>
    public async Task<JsonElement> PostJson(string path, object? body) => await Json(await Post(path, body));

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? content = null, bool follow = true, string accept = "text/html", bool prefetch = false)
    {
        var target = new Uri(app.Address, path);
        for (var hop = 0; hop < 10; hop++)
        {
            using var request = new HttpRequestMessage(method, target) { Content = content };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(content is JsonContent ? "application/json" : accept));
            if (prefetch)
                request.Headers.Add("Sec-Purpose", "prefetch;prerender");
            request.Headers.Host = Host;
            if (Token is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
            else if (cookies.Count > 0)
                request.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}")));
            var answer = await Wire.SendAsync(request, CancellationToken.None);
            Keep(answer);
            Url = target;
            if (answer.StatusCode == HttpStatusCode.InternalServerError)
                throw new InvalidOperationException($"{method} {target.PathAndQuery} failed:\n{string.Join("\n", app.Log.Errors.TakeLast(2))}");
            if (!follow || answer.Headers.Location is not { } next || (int)answer.StatusCode is < 300 or > 399)
                return answer;
            target = new Uri(target, next.IsAbsoluteUri && next.Host == Host ? next.PathAndQuery : next.OriginalString);
            if (answer.StatusCode is not (HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
                (method, content) = (method == HttpMethod.Head ? method : HttpMethod.Get, null);
            answer.Dispose();
        }

        throw new InvalidOperationException($"{path} redirects without end; the last address was {target}.");
    }

    internal async Task<WebPage> Page(HttpResponseMessage answer)
    {
        using (answer)
        {
            var html = await answer.Content.ReadAsStringAsync();
            return new WebPage(this, answer.StatusCode, Url, html, await new HtmlParser().ParseDocumentAsync(html));
        }
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException($"{(int)answer.StatusCode} {answer.RequestMessage?.RequestUri?.PathAndQuery}: {text}");
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
    }

    private void Keep(HttpResponseMessage answer)
    {
        if (!answer.Headers.TryGetValues("Set-Cookie", out var lines))
            return;
        foreach (var parts in lines.Select(l => l.Split(';', StringSplitOptions.TrimEntries)))
        {
            var (name, value) = (parts[0].Split('=', 2)[0], parts[0].Split('=', 2)[1]);
            var gone = parts.Any(p => p.StartsWith("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase) || p.Equals("max-age=0", StringComparison.OrdinalIgnoreCase));
            if (gone)
                cookies.Remove(name);
            else
                cookies[name] = value;
        }
    }
}
