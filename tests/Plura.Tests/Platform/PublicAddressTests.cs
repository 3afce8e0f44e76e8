using Microsoft.Extensions.Configuration;
using Plura.Platform;

namespace Plura.Tests.Platform;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("https://crm.example/", "http://localhost:5100", "https://crm.example")]
    [InlineData(null, "http://localhost:5100", "http://localhost:5100")]
    [InlineData(null, "http://*:8080;https://*:8443", "http://localhost:8080")]
    [InlineData(null, "http://0.0.0.0:80", "http://localhost:80")]
    [InlineData(null, "http://127.0.0.1:0", "http://localhost:5080")]
    [InlineData("", null, "http://localhost:5080")]
    public void Links_begin_with_what_the_operator_chose_or_where_the_server_listens(string? chosen, string? listening, string address) =>
        Assert.Equal(address, PublicAddress.Of(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Plura:PublicUrl", chosen), KeyValuePair.Create("ASPNETCORE_URLS", listening)]).Build()));
}
