using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Plura.Accounts;
using Plura.Adapters;
using Plura.Messaging;

namespace Plura.Tests.Adapters;

public sealed class TwilioTransportTests : TextTransportContract, IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly ServiceProvider services;
    private CarrierServer server = null!;

    public TwilioTransportTests()
    {
        var collection = new ServiceCollection();
        collection.AddOneShotClient(nameof(TwilioTransport));
        services = collection.BuildServiceProvider();
    }

    public async ValueTask InitializeAsync() => server = await CarrierServer.Start();

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await services.DisposeAsync();
    }

    protected override Task<ITextTransport> Transport() => Task.FromResult<ITextTransport>(New(server.Address.ToString()));

    protected override Task<string?> Arrived(ComposedMessage message) => Task.FromResult(server.Find(message));

    [Fact]
    public async Task Signs_in_names_both_numbers_and_says_where_to_tell_what_became_of_it()
    {
        var message = Message("+12125550100", "Hello");
        await Send(message);
        var taken = Assert.Single(server.Taken);
        Assert.Equal(("+15005550006", "+12125550100", "/2010-04-01/Accounts/AC1/Messages.json"), (taken.From, taken.To, taken.Path));
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("AC1:secret")), taken.Key);
        Assert.Equal($"https://texts.example/webhooks/twilio/status/{Messaging.Letter.Tenant}/{message.SendId}", taken.Extra);
    }

    [Fact]
    public async Task Names_the_files_that_go_along_and_where_they_lie()
    {
        await Send(Message("+12125550100", "Look") with { Files = ["https://texts.example/m/1", "https://texts.example/m/2"] });
        Assert.Equal("https://texts.example/m/1 https://texts.example/m/2", Assert.Single(server.Taken).Files);
    }

    [Theory]
    [InlineData(400, 21211, HandOffOutcome.Bounced)]
    [InlineData(400, 21614, HandOffOutcome.Bounced)]
    [InlineData(400, 21610, HandOffOutcome.StopListed)]
    [InlineData(400, 21408, HandOffOutcome.Refused)]
    [InlineData(400, 30034, HandOffOutcome.Refused)]
    [InlineData(400, 30023, HandOffOutcome.Deferred)]
    [InlineData(400, 99999, HandOffOutcome.Refused)]
    [InlineData(400, 0, HandOffOutcome.Refused)]
    [InlineData(401, 20003, HandOffOutcome.NotBegun)]
    [InlineData(404, 20404, HandOffOutcome.NotBegun)]
    [InlineData(429, 20429, HandOffOutcome.Deferred)]
    [InlineData(500, 20500, HandOffOutcome.Unknown)]
    [InlineData(502, 0, HandOffOutcome.Unknown)]
    [InlineData(503, 0, HandOffOutcome.Deferred)]
    [InlineData(504, 0, HandOffOutcome.Unknown)]
    [InlineData(302, 0, HandOffOutcome.Refused)]
    public async Task Every_ending_has_a_name_and_a_sentence(int status, int code, HandOffOutcome outcome)
    {
        server.Answer = (status, code == 0 ? "<html>no json</html>" : $$"""{"code":{{code}},"message":"about +12125550100"}""");
        var answer = await Send(Message("+12125550100", "Hello"));
        Assert.Equal(outcome, answer.Outcome);
        Assert.EndsWith(".", answer.Reply, StringComparison.Ordinal);
        Assert.DoesNotContain("12125550100", answer.Reply, StringComparison.Ordinal);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_message_leaves_it_unknown_and_sends_nothing_again()
    {
        await Send(Message("+12125550100", "First"));
        server.Breaks = true;
        Assert.Equal(HandOffOutcome.Unknown, (await Send(Message("+12125550100", "Second"))).Outcome);
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task No_answer_in_time_leaves_it_unknown()
    {
        server.Hangs = true;
        var sending = Send(Message("+12125550100", "Hello"));
        await server.Heard;
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(HandOffOutcome.Unknown, (await sending).Outcome);
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_was_begun()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var session = await New($"http://127.0.0.1:{port}").Open(CancellationToken.None);
        Assert.Equal(HandOffOutcome.NotBegun, (await session.Send(Of(Message("+12125550100", "Hello")), CancellationToken.None)).Outcome);
    }

    private TwilioTransport New(string address) => new(
        services.GetRequiredService<IHttpClientFactory>(),
        Options.Create(new TwilioOptions { BaseUrl = address, AccountSid = "AC1", AuthToken = "secret" }),
        new ConfigurationBuilder().AddInMemoryCollection([new("Plura:PublicUrl", "https://texts.example")]).Build(),
        new ProviderPulses(clock),
        clock);
}
