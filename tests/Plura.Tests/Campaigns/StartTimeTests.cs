using Plura.Campaigns;

namespace Plura.Tests.Campaigns;

public sealed class StartTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Nothing_means_at_once() => Assert.Null(StartTime.Read(null, "Europe/Berlin", Now).Value);

    [Fact]
    public void A_local_time_stays_as_it_was_written() =>
        Assert.Equal(new DateTime(2026, 3, 21, 9, 0, 0), StartTime.Read("2026-03-21T09:00", "Europe/Berlin", Now).Value);

    [Fact]
    public void An_instant_becomes_the_accounts_local_time() =>
        Assert.Equal(new DateTime(2026, 4, 1, 11, 0, 0), StartTime.Read("2026-04-01T09:00:00Z", "Europe/Berlin", Now).Value);

    [Fact]
    public void An_hour_that_the_clocks_skip_becomes_the_moment_as_much_later() =>
        Assert.Equal(new DateTime(2026, 3, 29, 3, 30, 0), StartTime.Read("2026-03-29T02:30", "Europe/Berlin", Now).Value);

    [Fact]
    public void An_hour_that_comes_twice_stays_as_it_was_written() =>
        Assert.Equal(new DateTime(2026, 10, 25, 2, 30, 0), StartTime.Read("2026-10-25T02:30", "Europe/Berlin", Now).Value);

    [Fact]
    public void The_past_is_refused_with_the_time_it_is_now()
    {
        var refusal = StartTime.Read("2026-03-20T12:30", "Europe/Berlin", Now).Refusal!;
        Assert.Equal("campaign.time_passed", refusal.Code);
        Assert.Contains("13:00 on 20 March 2026", refusal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nonsense_is_refused() => Assert.Equal("campaign.time", StartTime.Read("tomorrow", "Europe/Berlin", Now).Refusal!.Code);
}
