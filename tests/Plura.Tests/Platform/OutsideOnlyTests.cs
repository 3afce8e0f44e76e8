using System.Net;
using Microsoft.AspNetCore.Builder;
using Plura.Platform;

namespace Plura.Tests.Platform;

public sealed class OutsideOnlyTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.20.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fec0::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2002:a00:1::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2001::1")]
    [InlineData("ff02::1")]
    public void What_is_no_place_on_the_internet_is_refused(string address) => Assert.False(OutsideOnly.IsOutside(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2a00:1450:4001::1")]
    [InlineData("::ffff:8.8.8.8")]
    public void What_is_one_is_taken(string address) => Assert.True(OutsideOnly.IsOutside(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Nothing_is_connected_to_this_machine_by_whatever_name(string host)
    {
        await using var server = SmallServer.New();
        var asked = 0;
        server.MapGet("/", () => Interlocked.Increment(ref asked));
        await server.StartAsync(TestContext.Current.CancellationToken);
        var address = new UriBuilder(server.Urls.First()) { Host = host }.Uri;
        using var outside = new HttpMessageInvoker(OutsideOnly.Handler());
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => outside.SendAsync(request, TestContext.Current.CancellationToken));
        Assert.Equal(HttpRequestError.ConnectionError, error.HttpRequestError);
        Assert.Equal(0, asked);
        // The same client, told that inside is meant, gets there: it is the rule that stopped it.
        using var inside = new HttpMessageInvoker(OutsideOnly.Handler(insideToo: true));
        using var again = new HttpRequestMessage(HttpMethod.Get, address);
        using var answer = await inside.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
