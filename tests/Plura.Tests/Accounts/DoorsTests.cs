using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;

namespace Plura.Tests;

public sealed class DoorsTests(PluraApp app)
{
    [Fact]
    public async Task An_api_call_without_a_token_is_refused_with_a_code()
    {
        var answer = await app.NewBrowser().Send(HttpMethod.Get, "/api/v1/contacts/" + Guid.Empty, accept: "application/json");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("token.missing", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_token_is_refused()
    {
        var browser = app.NewBrowser();
        browser.Token = "pit-0000";
        var answer = await browser.Send(HttpMethod.Get, "/api/v1/contacts/" + Guid.Empty, accept: "application/json");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Every_account_has_its_own_postgres_rows_for_replies()
    {
        var (one, two) = (await app.NewAccount(), await app.NewAccount());
        await one.In(async services =>
        {
            var db = services.GetRequiredService<PluraDb>();
            db.Add(IdempotentReply.Begin("k", [1], app.Clock.GetUtcNow()));
            await db.SaveChangesAsync();
        });
        Assert.Equal(1L, await one.Ask<long>("select count(*) from platform.idempotent_reply"));
        Assert.Equal(0L, await two.Ask<long>("select count(*) from platform.idempotent_reply"));
    }
}
