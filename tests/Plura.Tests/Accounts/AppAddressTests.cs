using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;

namespace Plura.Tests;

public sealed class AppAddressTests(PluraApp app)
{
    [Theory]
    [InlineData("https://app.example.com/callback", true)]
    [InlineData("http://localhost:8080/callback", true)]
    [InlineData("http://127.0.0.1/callback", true)]
    [InlineData("com.example.app:/callback", true)]
    [InlineData("http://app.example.com/callback", false)]
    [InlineData("https://*.example.com/callback", false)]
    [InlineData("https://app.example.com/callback#part", false)]
    [InlineData("https://user@app.example.com/callback", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("myapp://callback", false)]
    [InlineData("/callback", false)]
    [InlineData("callback", false)]
    [InlineData("", false)]
    public async Task An_app_names_whole_safe_addresses(string address, bool right)
    {
        var account = await app.NewAccount();
        var agency = await app.Ask<Guid>("select agency_id from accounts.account where id = $1", account.Id);
        var made = await app.In(null, services =>
        {
            services.GetRequiredService<CurrentAgency>().Enter(agency);
            return services.GetRequiredService<KeepAppHandler>().Handle(new KeepApp { Name = "Till Roll", Returns = address, Scopes = ["contacts.read"] }, default);
        });
        Assert.Equal(right ? null : "app.return_address", made.Refusal?.Code);
    }
}
