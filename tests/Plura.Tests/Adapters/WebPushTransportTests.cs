using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plura.Accounts;
using Plura.Adapters;

namespace Plura.Tests.Adapters;

/// <summary>Against a push service that is played on this machine; what it was given is opened by the npm library that the web push community calls its reference.</summary>
public sealed class WebPushTransportTests(PluraApp app) : PushTransportContract, IAsyncLifetime
{
    private readonly WebApplication service = SmallServer.New();
    private readonly ConcurrentQueue<(IHeaderDictionary Headers, byte[] Body)> taken = new();
    private ServiceProvider services = null!;

    private protected override IPushTransport Transport => Make(new WebPushOptions { PrivateServices = true, Contact = "mailto:operator@house.example", TimeoutSeconds = 5 });

    public async ValueTask InitializeAsync()
    {
        service.MapPost("/{**story}", async (string story, HttpContext http) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            taken.Enqueue((new HeaderDictionary(http.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase)), body.ToArray()));
            if (story.EndsWith("later", StringComparison.Ordinal) || story.EndsWith("dated", StringComparison.Ordinal))
                http.Response.Headers.RetryAfter = story.EndsWith("later", StringComparison.Ordinal) ? "120" : (app.Clock.GetUtcNow() + TimeSpan.FromMinutes(10)).ToString("R");
            if (story.EndsWith("breaks", StringComparison.Ordinal))
                http.Abort();
            if (story.EndsWith("moved", StringComparison.Ordinal))
                http.Response.Headers.Location = "/elsewhere";
            http.Response.StatusCode = story.Split('/')[^1] switch { "gone" => 410, "unknown" => 404, "later" => 429, "dated" => 503, "large" => 413, "denied" => 403, "fails" => 500, "moved" => 307, _ => 201 };
        });
        await service.StartAsync();
        var collection = new ServiceCollection();
        collection.AddHttpClient();
        AddClient(collection, insideToo: true);
        services = collection.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        await services.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected override FakePhone Phone(string story = "") => FakePhone.At($"{service.Urls.First()}/push/{Guid.CreateVersion7(app.Clock.GetUtcNow()):N}{story}");

    [Fact]
    public async Task The_browser_reads_what_was_sent_and_the_service_who_sent_it()
    {
        var phone = Phone();
        const string payload = """{"title":"Zoë 👋 wrote to you","url":"/a/x"}""";
        Assert.Equal(PushOutcome.Accepted, (await Send(phone, payload)).Outcome);
        var (headers, body) = Assert.Single(taken);
        Assert.Equal("86400", headers["TTL"]);
        Assert.Equal("aes128gcm", headers.ContentEncoding);
        Assert.Equal("TOPIC", headers["Topic"]);
        var opened = await Opened(phone, headers, body);
        Assert.Equal(payload, opened.GetProperty("payload").GetString());
        Assert.True(opened.GetProperty("signed").GetBoolean());
        Assert.Equal("ES256", opened.GetProperty("head").GetProperty("alg").GetString());
        Assert.Equal(Transport.PublicKey, opened.GetProperty("key").GetString());
        var claims = opened.GetProperty("claims");
        Assert.Equal(new Uri(phone.Endpoint).GetLeftPart(UriPartial.Authority), claims.GetProperty("aud").GetString());
        Assert.Equal("mailto:operator@house.example", claims.GetProperty("sub").GetString());
        Assert.InRange(DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64()) - app.Clock.GetUtcNow(), TimeSpan.FromHours(1), TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task The_longest_payload_fits_and_one_byte_more_is_not_sent()
    {
        var phone = Phone();
        Assert.Equal(PushOutcome.Accepted, (await Send(phone, new string('x', PushMessage.MostBytes))).Outcome);
        var (headers, body) = Assert.Single(taken);
        Assert.Equal(4_096, body.Length);
        Assert.Equal(PushMessage.MostBytes, (await Opened(phone, headers, body)).GetProperty("payload").GetString()!.Length);
        Assert.Equal(PushOutcome.Refused, (await Send(phone, new string('x', PushMessage.MostBytes + 1))).Outcome);
        Assert.Single(taken);
    }

    [Theory]
    [InlineData("/unknown", PushOutcome.Gone)]
    [InlineData("/large", PushOutcome.Refused)]
    [InlineData("/denied", PushOutcome.Refused)]
    [InlineData("/moved", PushOutcome.Refused)]
    [InlineData("/fails", PushOutcome.Unknown)]
    [InlineData("/breaks", PushOutcome.Unknown)]
    public async Task What_a_service_answers_has_a_name(string story, PushOutcome outcome)
    {
        Assert.Equal(outcome, (await Send(Phone(story))).Outcome);
        // Once, and not after a redirect either.
        Assert.Single(taken);
    }

    [Fact]
    public async Task A_date_to_come_back_at_is_understood_too()
    {
        var end = await Send(Phone("/dated"));
        Assert.Equal(PushOutcome.Deferred, end.Outcome);
        Assert.InRange(end.RetryAfter!.Value, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task A_service_that_is_not_there_took_nothing()
    {
        await service.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(PushOutcome.NotBegun, (await Send(Phone())).Outcome);
    }

    [Fact]
    public async Task A_key_that_is_no_point_of_the_curve_is_a_device_that_is_gone()
    {
        var message = new PushMessage(Guid.Empty, Guid.Empty, Guid.Empty, new PushAddress(Phone().Endpoint, [4, .. Enumerable.Repeat((byte)1, 64)], new byte[16]), "{}", TimeSpan.FromHours(1), "T");
        Assert.Equal(PushOutcome.Gone, (await Transport.Send(message, CancellationToken.None)).Outcome);
        Assert.Empty(taken);
    }

    [Theory]
    [InlineData("http://push.example.net/x", false)]
    [InlineData("https://127.0.0.1/x", false)]
    [InlineData("https://[::1]/x", false)]
    [InlineData("https://localhost/x", false)]
    [InlineData("https://8.8.8.8/x", false)]
    [InlineData("https://intranet/x", false)]
    [InlineData("https://push.example.net:8443/x", false)]
    [InlineData("https://me:secret@push.example.net/x", false)]
    [InlineData("https://push.example.net/x", true)]
    public void Only_named_places_on_the_internet_are_taken(string address, bool takes) => Assert.Equal(takes, Make(new WebPushOptions()).Takes(new Uri(address)));

    private WebPushTransport Make(WebPushOptions options) => new(services.GetRequiredService<IHttpClientFactory>(), app.Services.GetRequiredService<OAuthKeys>(), Options.Create(options), Options.Create(new OperatorOptions()), new ProviderPulses(app.Clock), app.Clock);

    private static void AddClient(ServiceCollection collection, bool insideToo) => collection.AddOneShotClient(nameof(WebPushTransport), () => Plura.Platform.OutsideOnly.Handler(insideToo));

    private static async Task<JsonElement> Opened(FakePhone phone, IHeaderDictionary headers, byte[] body)
    {
        var script = Path.Combine(Architecture.SourceRules.Root, "tests/Plura.Tests/Adapters/decrypt-push.mjs");
        using var node = Process.Start(new ProcessStartInfo("node", [script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(new { body = Convert.ToBase64String(body), privateKey = Convert.ToBase64String(phone.Private), secret = Convert.ToBase64String(phone.Secret), authorization = headers.Authorization.ToString() }));
        node.StandardInput.Close();
        var (said, wrong) = (await node.StandardOutput.ReadToEndAsync(), await node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, wrong);
        return JsonSerializer.Deserialize<JsonElement>(said);
    }
}
