using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plura.Accounts;
using Plura.Adapters;
using Plura.Messaging;

namespace Plura.Tests.Adapters;

public sealed class GatewayTransportTests : TextTransportContract, IAsyncLifetime
{
    private readonly ServiceProvider services;
    private CarrierServer server = null!;

    public GatewayTransportTests()
    {
        var collection = new ServiceCollection();
        collection.AddOneShotClient(nameof(GatewayTransport));
        services = collection.BuildServiceProvider();
    }

    public async ValueTask InitializeAsync() => server = await CarrierServer.Start();

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await services.DisposeAsync();
    }

    protected override Task<ITextTransport> Transport() => Task.FromResult<ITextTransport>(New(_ => { }));

    protected override Task<string?> Arrived(ComposedMessage message) => Task.FromResult(server.Find(message));

    [Theory]
    [InlineData("POST", "application/json; charset=utf-8", """{"from":"{from}","to":"{to}","text":"{text}"}""", "send")]
    [InlineData("PUT", "application/x-www-form-urlencoded", "from={from}&to={to}&text={text}", "send/{id}")]
    [InlineData("POST", "text/xml", "<sms from=\"{from}\" to=\"{to}\">{text}</sms>", "send")]
    [InlineData("GET", "", "", "send?from={from}&to={to}&text={text}")]
    public async Task Whatever_a_gateway_wants_the_text_arrives_as_it_was(string method, string type, string body, string path)
    {
        var transport = New(options =>
        {
            (options.Method, options.Body, options.ContentType, options.Url) = (method, body, type, $"{server.Address}gateway/{path}");
            options.Headers["X-Key"] = "secret";
        });
        var message = Message("+12125550100", "50 % off & \"more\" <b> {to} Ünïcode 😀\nplus +1");
        await using var session = await transport.Open(CancellationToken.None);
        Assert.Equal(HandOffOutcome.Accepted, (await session.Send(Of(message), CancellationToken.None)).Outcome);
        var taken = Assert.Single(server.Taken);
        Assert.Equal((Text(message), "+15005550006", "+12125550100", method, "secret"), (taken.Text, taken.From, taken.To, taken.Extra, taken.Key));
    }

    [Theory]
    [InlineData(400, HandOffOutcome.Refused)]
    [InlineData(401, HandOffOutcome.NotBegun)]
    [InlineData(410, HandOffOutcome.Bounced)]
    [InlineData(422, HandOffOutcome.Refused)]
    [InlineData(429, HandOffOutcome.Deferred)]
    [InlineData(500, HandOffOutcome.Unknown)]
    [InlineData(503, HandOffOutcome.Deferred)]
    public async Task Its_status_alone_decides(int status, HandOffOutcome outcome)
    {
        server.Answer = (status, "");
        Assert.Equal(outcome, (await Send(Message("+12125550100", "Hello"))).Outcome);
    }

    [Fact]
    public async Task Half_a_message_is_none_where_files_cannot_go_along()
    {
        Assert.Equal(HandOffOutcome.Refused, (await Send(Message("+12125550100", "Look") with { Files = ["https://texts.example/m/1"] })).Outcome);
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task A_broken_connection_leaves_it_unknown()
    {
        server.Breaks = true;
        Assert.Equal(HandOffOutcome.Unknown, (await Send(Message("+12125550100", "Hello"))).Outcome);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task It_is_told_where_to_post_what_became_of_a_text_and_takes_answers_only_where_it_can_sign()
    {
        var transport = New(o => (o.Body, o.Secret) = ("""{"to":"{to}","from":"{from}","text":"{text} {receipt}"}""", "a secret of the gateway"));
        Assert.True(transport.BringsAnswers);
        Assert.False(New(_ => { }).BringsAnswers);
        var message = Of(Message("+12125550100", "Hello"));
        await using var session = await transport.Open(CancellationToken.None);
        await session.Send(message, CancellationToken.None);
        Assert.Contains($"https://desk.example/webhooks/gateway/status/{message.TenantId}/{message.Message.SendId}", server.Taken[^1].ToString(), StringComparison.Ordinal);
    }

    private GatewayTransport New(Action<GatewayOptions> set)
    {
        var options = new GatewayOptions { Url = $"{server.Address}gateway/send" };
        set(options);
        return new GatewayTransport(services.GetRequiredService<IHttpClientFactory>(), Options.Create(options), new ConfigurationBuilder().AddInMemoryCollection([new("Plura:PublicUrl", "https://desk.example")]).Build(), new ProviderPulses(TimeProvider.System), TimeProvider.System);
    }
}
