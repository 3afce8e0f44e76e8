using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Plura.Adapters;
using Plura.Messaging.Contracts;

namespace Plura.Tests.Adapters;

/// <summary>Pictures of texts, fetched from where the service keeps them.</summary>
public sealed class TwilioMediaTests : IAsyncLifetime
{
    private readonly ServiceProvider services = new ServiceCollection().AddHttpClient(TwilioMedia.Client).Services.BuildServiceProvider();
    private readonly WebApplication service = SmallServer.New();
    private readonly WebApplication store = SmallServer.New();
    private readonly List<(string Where, string Key)> asked = [];
    private readonly FakeTimeProvider clock = new();
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask InitializeAsync()
    {
        store.MapGet("/picture", (HttpContext http) => Give(http, "store", Results.Bytes([1, 2, 3])));
        await store.StartAsync();
        service.MapGet("/media/{what}", (string what, HttpContext http) => Give(http, "service", what switch
        {
            "moved" => Results.Redirect(store.Urls.First() + "/picture"),
            "gone" => Results.StatusCode(410),
            "missing" => Results.NotFound(),
            "stalled" => Results.Stream(async body =>
            {
                await body.WriteAsync(new byte[] { 1 });
                await body.FlushAsync();
                begun.TrySetResult();
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            }),
            "broken" => Results.StatusCode(503),
            "large" => Results.Bytes(new byte[ITextMedia.Largest + 1]),
            _ => Results.Bytes([9, 9]),
        }));
        await service.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        await store.DisposeAsync();
        await services.DisposeAsync();
    }

    [Fact]
    public async Task The_key_goes_to_the_service_and_not_to_where_it_leads()
    {
        Assert.Equal([1, 2, 3], (await Fetch(service.Urls.First() + "/media/moved")).Bytes);
        Assert.Equal([("service", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("AC1:secret"))), ("store", "")], asked);
        Assert.Equal([9, 9], (await Fetch(service.Urls.First() + "/media/plain")).Bytes);
    }

    [Theory]
    [InlineData("gone", false)]
    [InlineData("large", false)]
    [InlineData("missing", true)]
    [InlineData("broken", true)]
    public async Task What_cannot_be_had_is_said_and_what_may_come_later_too(string what, bool later)
    {
        var fetched = await Fetch(service.Urls.First() + "/media/" + what);
        Assert.Equal((null, later), (fetched.Bytes, fetched.Later));
    }

    [Fact]
    public async Task A_file_that_stops_half_way_is_not_waited_for_for_ever()
    {
        var fetching = Fetch(service.Urls.First() + "/media/stalled");
        await begun.Task;
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(new FetchedMedia(null, Later: true), await fetching);
    }

    [Fact]
    public async Task Nothing_is_fetched_from_elsewhere()
    {
        foreach (var url in (string[])[store.Urls.First() + "/picture", "file:///etc/passwd", "data:image/png;base64,AAAA", "not an address", ""])
            Assert.Equal(new FetchedMedia(null), await Fetch(url));
        Assert.Empty(asked);
    }

    private IResult Give(HttpContext http, string where, IResult answer)
    {
        asked.Add((where, http.Request.Headers.Authorization.ToString()));
        return answer;
    }

    private Task<FetchedMedia> Fetch(string url) =>
        new TwilioMedia(services.GetRequiredService<IHttpClientFactory>(), Options.Create(new TwilioOptions { BaseUrl = service.Urls.First(), AccountSid = "AC1", AuthToken = "secret" }), clock)
            .Fetch(new TextMedia(url, "image/png"), TestContext.Current.CancellationToken);
}
