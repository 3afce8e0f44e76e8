using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging;

namespace Plura.Tests.Messaging;

/// <summary>How heavy a letter's pictures are is asked of their servers, and of nothing inside the house.</summary>
public sealed class PictureWeightTests(PluraApp app)
{
    [Theory]
    [InlineData(150_000, "pictures.light")]
    [InlineData(800_000, "pictures.large")]
    [InlineData(2_000_000, "pictures.heavy")]
    public async Task Two_pictures_weigh_together(long each, string code)
    {
        var clients = new Servers(request => request.Method == HttpMethod.Head ? each : null);
        var found = await new PictureWeights(clients).Examine("""<p>Hi</p><img src="https://a.example/1.png"><img src="https://a.example/2.png"><img width="1" src="https://a.example/open.gif">""", default);
        Assert.Equal(code, found?.Code);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_not_guessed_about_and_a_letter_without_pictures_asks_nobody()
    {
        Assert.Null(await new PictureWeights(new Servers(_ => null)).Examine("""<img src="https://a.example/1.png">""", default));
        Assert.Null(await new PictureWeights(new Servers(_ => throw new InvalidOperationException("Nobody is to be asked."))).Examine("<p>Hi</p>", default));
    }

    [Fact]
    public async Task Addresses_inside_the_house_are_not_called() =>
        Assert.Null(await app.Services.GetRequiredService<PictureWeights>().Examine($"""<img src="http://127.0.0.1:{app.Address.Port}/health">""", default));

    private sealed class Servers(Func<HttpRequestMessage, long?> size) : HttpMessageHandler, IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = new HttpResponseMessage(size(request) is null ? HttpStatusCode.NotFound : HttpStatusCode.OK) { Content = new ByteArrayContent([]) };
            answer.Content.Headers.ContentLength = size(request);
            return Task.FromResult(answer);
        }
    }
}
