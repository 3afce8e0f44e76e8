using Plura.Accounts;

namespace Plura.Tests.Adapters;

/// <summary>What every way to people's devices must do.</summary>
public abstract class PushTransportContract
{
    private static int number;

    private protected abstract IPushTransport Transport { get; }

    /// <summary>A browser that takes notifications; or with a story: <c>/gone</c>, <c>/later</c> (in two minutes).</summary>
    private protected abstract FakePhone Phone(string story = "");

    [Fact]
    public async Task A_notification_is_taken() => Assert.Equal(PushOutcome.Accepted, (await Send(Phone())).Outcome);

    [Fact]
    public async Task A_subscription_that_is_gone_is_named_so() => Assert.Equal(PushOutcome.Gone, (await Send(Phone("/gone"))).Outcome);

    [Fact]
    public async Task A_wish_for_time_is_passed_on()
    {
        var end = await Send(Phone("/later"));
        Assert.Equal((PushOutcome.Deferred, TimeSpan.FromMinutes(2)), (end.Outcome, end.RetryAfter));
    }

    [Fact]
    public void It_names_its_key_as_browsers_want_it()
    {
        var point = System.Buffers.Text.Base64Url.DecodeFromChars(Transport.PublicKey);
        Assert.Equal((65, 4), (point.Length, point[0]));
    }

    private protected Task<PushEnd> Send(FakePhone phone, string payload = """{"title":"Ann wrote to you","body":"Corner Bakery","url":"/a/x","tag":"t"}""") =>
        Transport.Send(new PushMessage(Guid.CreateVersion7(new DateTimeOffset(2026, 11, 2, 9, 0, Interlocked.Increment(ref number) % 60, TimeSpan.Zero)), Guid.Empty, Guid.Empty, new PushAddress(phone.Endpoint, phone.Point, phone.Secret), payload, TimeSpan.FromHours(24), "TOPIC"), CancellationToken.None);
}
