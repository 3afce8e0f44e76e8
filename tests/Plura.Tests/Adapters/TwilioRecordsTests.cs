using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plura.Adapters;
using Plura.Messaging;

namespace Plura.Tests.Adapters;

/// <summary>The list that a texting service keeps of what it took, read over the net.</summary>
public sealed class TwilioRecordsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Since = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly ServiceProvider services = new ServiceCollection().AddHttpClient(TwilioRecords.Client).Services.BuildServiceProvider();
    private CarrierServer server = null!;

    public async ValueTask InitializeAsync() => server = await CarrierServer.Start();

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await services.DisposeAsync();
    }

    [Fact]
    public async Task Reads_page_after_page_and_only_what_a_program_sent()
    {
        server.Listed = (200, [
            Page("/2010-04-01/Accounts/AC1/Messages.json?Page=1", Message("SM1", "delivered"), Message("SM2", "received", direction: "inbound"), Message("SM3", "sent", direction: "outbound-reply")),
            Page(null, Message("SM4", "undelivered", 30005), Message("SM5", "failed"), Message("SM6", "queued"), Message("SM7", "sent")),
        ]);
        var read = await Read();
        Assert.Equal(
            [("SM1", ReceiptOutcome.Delivered), ("SM4", ReceiptOutcome.Dead), ("SM5", ReceiptOutcome.Undelivered), ("SM6", null), ("SM7", ReceiptOutcome.Taken)],
            read.Select(r => (r.ProviderId, r.Receipt)));
        Assert.Equal("This number does not exist, or is out of service.", read[1].Words);
        Assert.Equal((30005, "+12125550100", new DateTimeOffset(2026, 11, 2, 10, 30, 5, TimeSpan.Zero)), (read[1].Code, read[1].To, read[1].At));
        Assert.Equal("/2010-04-01/Accounts/AC1/Messages.json?DateSent%3E=2026-11-02&PageSize=1000", server.Asked[0]);
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("AC1:secret")), server.ListKey);
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(401, "{}")]
    [InlineData(200, "no list")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"messages":[{"direction":"outbound-api","sid":"SM1","to":"+1"}]}""")]
    [InlineData(200, """{"messages":[{"direction":"outbound-api","sid":"SM1","to":"+1","status":"sent","date_created":"soon"}]}""")]
    public async Task An_answer_that_is_none_is_said_to_be_none(int status, string body)
    {
        server.Listed = (status, [body]);
        await Assert.ThrowsAsync<TransportDownException>(Read);
    }

    [Fact]
    public async Task It_follows_nobody_to_another_server()
    {
        // One without a number is passed over.
        server.Listed = (200, [Page("https://elsewhere.example/steal", Message("SM1", "sent"), """{"direction":"outbound-api","sid":"SM2","to":null}""")]);
        Assert.Single(await Read());
        Assert.Single(server.Asked);
    }

    private async Task<List<ProviderRecord>> Read()
    {
        var options = Options.Create(new TwilioOptions { BaseUrl = server.Address.ToString(), AccountSid = "AC1", AuthToken = "secret" });
        var all = new List<ProviderRecord>();
        await foreach (var batch in new TwilioRecords(services.GetRequiredService<IHttpClientFactory>(), options).Read(Since, TestContext.Current.CancellationToken))
            all.AddRange(batch);
        return all;
    }

    private static string Page(string? next, params string[] messages) => $$"""{"messages":[{{string.Join(',', messages)}}],"next_page_uri":{{(next is null ? "null" : $"\"{next}\"")}}}""";

    private static string Message(string sid, string status, int? code = null, string direction = "outbound-api") => $$"""
        {"sid":"{{sid}}","status":"{{status}}","direction":"{{direction}}","to":"+12125550100","from":"+15005550006","body":"Hello","error_code":{{code?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}},"date_created":"Mon, 02 Nov 2026 10:30:05 +0000"}
        """;
}
