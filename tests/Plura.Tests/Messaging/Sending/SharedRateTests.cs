namespace Plura.Tests.Messaging;

public sealed class SharedRateTests(PluraApp app)
{
    [Fact]
    public async Task Two_nodes_draw_from_one_bucket()
    {
        await using var first = await SendingLab.Start(app);
        await using var second = await first.SecondNode();
        var origin = await first.NewAccount().Plan(400, rate: 600);
        var (start, sent) = (first.Host.Clock.GetUtcNow(), 0);
        for (var time = 0; time < 5; time++)
        {
            second.Host.Clock.SetUtcNow(first.Host.Clock.GetUtcNow());
            sent += (await Task.WhenAll(first.Pump.RunDue(CancellationToken.None), second.Pump.RunDue(CancellationToken.None))).Sum();
            // Ten a second and a second's worth saved up, whoever takes them: each for itself would have sent twice as many.
            Assert.InRange(sent, 1, ((first.Host.Clock.GetUtcNow() - start).TotalSeconds * 10) + 11);
            first.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(sent, first.Transport.Count + second.Transport.Count);
        Assert.NotEqual(Guid.Empty, origin);
    }
}
