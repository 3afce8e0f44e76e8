using System.Net;

namespace Plura.Tests;

/// <summary>What an app, a thief or a forger must not get.</summary>
public sealed class OAuthAttackTests(PluraApp app)
{
    [Fact]
    public async Task Without_a_proof_there_is_no_code()
    {
        var (program, owner, _) = await Ready();
        foreach (var asks in (string[])[
            program.Asks(other: [("code_challenge", null), ("code_challenge_method", null)]),
            program.Asks(other: [("code_challenge_method", "plain")]),
            program.Asks(other: [("code_challenge_method", null)]),
            program.Asks(other: [("code_challenge", null)])])
        {
            using var answer = await owner.Send(HttpMethod.Get, asks, follow: false);
            Assert.True(Back.Of(answer).Refused, Back.Of(answer).ToString());
        }
    }

    [Fact]
    public async Task A_code_is_worth_nothing_without_the_secret_behind_its_proof()
    {
        var (program, owner, _) = await Ready();
        foreach (var verifier in (string?[])[new string('a', 43), null])
        {
            var answer = await program.Redeem(await program.Code(owner), ("code_verifier", verifier));
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Contains(answer.Error, (string[])["invalid_grant", "invalid_request"]);
        }
    }

    [Theory]
    [InlineData("https://evil.example/callback")]
    [InlineData("https://app.example.com/callback")]
    [InlineData("https://app.example.com/callback?from=plura&more=1")]
    [InlineData("https://app.example.com/callback/?from=plura")]
    [InlineData("https://APP.example.com/Callback?from=plura")]
    [InlineData("https://app.example.com.evil.example/callback?from=plura")]
    [InlineData("https://app.example.com@evil.example/callback?from=plura")]
    [InlineData("http://app.example.com/callback?from=plura")]
    [InlineData("https://app.example.com/callback?from=plura#x")]
    [InlineData("//evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/a/somewhere")]
    public async Task Nobody_is_sent_to_an_address_that_the_app_did_not_name_letter_by_letter(string address)
    {
        var (program, owner, _) = await Ready();
        // Whether it asks well or badly, and whoever asks: the answer stays here.
        foreach (var asks in (string[])[program.Asks(other: ("redirect_uri", address)), program.Asks(other: [("redirect_uri", address), ("scope", "nothing.such")]), program.Asks(other: [("redirect_uri", address), ("response_type", "token")])])
        {
            foreach (var browser in (Browser[])[owner, app.NewBrowser()])
            {
                using var answer = await browser.Send(HttpMethod.Get, asks, follow: false);
                Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
            }
        }

        var code = await program.Code(owner);
        Assert.Equal("invalid_grant", (await program.Redeem(code, ("redirect_uri", address))).Error);
    }

    [Fact]
    public async Task An_app_that_nobody_made_is_told_so_on_our_page()
    {
        var (program, owner, _) = await Ready();
        var page = await owner.Get(program.Asks(other: ("client_id", "app-nobody")));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("asked in a way that does not work", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_works_once_and_a_second_use_calls_back_what_the_first_gave()
    {
        var (program, owner, _) = await Ready();
        var code = await program.Code(owner, "campaigns.read");
        var tokens = await program.Redeem(code);
        Assert.Equal(HttpStatusCode.OK, (await app.With(tokens.Access).Call()).Status);
        Assert.Equal("invalid_grant", (await program.Redeem(code)).Error);
        Assert.Equal("token.revoked", (await app.With(tokens.Access).Call()).Code);
        Assert.Equal("invalid_grant", (await program.Refresh(tokens.Refresh)).Error);
    }

    [Fact]
    public async Task A_refresh_token_that_is_used_twice_ends_its_whole_family()
    {
        var (program, owner, _) = await Ready();
        var first = await program.Connect(owner, "campaigns.read");
        var second = await program.Refresh(first.Refresh);
        Assert.Equal("invalid_grant", (await program.Refresh(first.Refresh)).Error);
        Assert.Equal("token.revoked", (await app.With(second.Access).Call()).Code);
        Assert.Equal("invalid_grant", (await program.Refresh(second.Refresh)).Error);
    }

    [Fact]
    public async Task A_code_belongs_to_the_app_that_asked()
    {
        var (program, owner, account) = await Ready();
        var thief = await TestOAuthApp.Of(app, account);
        Assert.Equal("invalid_grant", (await thief.Redeem(await program.Code(owner), ("code_verifier", program.Verifier))).Error);
        var tokens = await program.Connect(owner);
        Assert.Equal("invalid_grant", (await thief.Refresh(tokens.Refresh)).Error);
    }

    [Fact]
    public async Task A_wrong_or_an_old_secret_gets_no_tokens()
    {
        var (program, owner, account) = await Ready();
        var right = program.Secret;
        var code = await program.Code(owner);
        foreach (var wrong in (string?[])["sec-" + new string('0', 64), null])
        {
            program.Secret = wrong;
            Assert.Equal("invalid_client", (await program.Redeem(code)).Error is "invalid_request" or "invalid_client" ? "invalid_client" : "taken");
        }

        program.Secret = right;
        var tokens = await program.Redeem(code);
        var page = await (await owner.Get($"/g/{account.Slug}/apps/{program.Id}")).Submit("#app-secret form", new { });
        Assert.Equal("invalid_client", (await program.Refresh(tokens.Refresh)).Error);
        program.Secret = page.Find(".copy-line code").TextContent;
        Assert.Equal(HttpStatusCode.OK, (await program.Refresh(tokens.Refresh)).Status);
    }

    [Fact]
    public async Task An_app_gets_no_more_than_it_may_ask_for_and_no_more_later_than_at_first()
    {
        var (program, owner, _) = await Ready();
        using (var answer = await owner.Send(HttpMethod.Get, program.Asks("contacts.read campaigns.send"), follow: false))
            Assert.True(Back.Of(answer).Refused, Back.Of(answer).ToString());
        using (var answer = await owner.Send(HttpMethod.Get, program.Asks(other: ("prompt", "none")), follow: false))
            Assert.True(Back.Of(answer).Refused, Back.Of(answer).ToString());
        using (var answer = await owner.Send(HttpMethod.Get, program.Asks(""), follow: false))
            Assert.True(Back.Of(answer).Refused, Back.Of(answer).ToString());
        var tokens = await program.Connect(owner);
        Assert.Equal(HttpStatusCode.BadRequest, (await program.Refresh(tokens.Refresh, ("scope", "contacts.read contacts.create"))).Status);
        Assert.Equal("token.scope", (await app.With(tokens.Access).Call("/api/v1/contacts", HttpMethod.Post, new { firstName = "No" })).Code);
        // Fewer is always right, and stays fewer.
        var wide = await program.Connect(owner, "contacts.read campaigns.read");
        var narrow = await program.Refresh(wide.Refresh, ("scope", "contacts.read"));
        Assert.Equal("token.scope", (await app.With(narrow.Access).Call()).Code);
    }

    [Fact]
    public async Task What_the_agency_takes_from_an_app_it_loses_everywhere()
    {
        var (program, owner, account) = await Ready();
        var tokens = await program.Connect(owner, "campaigns.read");
        await (await owner.Get($"/g/{account.Slug}/apps/{program.Id}")).Submit("[name='Command.Name']", new { Scopes = (string[])["contacts.read"] });
        Assert.Equal("token.scope", (await app.With(tokens.Access).Call()).Code);
        await (await owner.Get($"/g/{account.Slug}/apps/{program.Id}")).Submit("#delete-app form", new { });
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.With(tokens.Access).Call()).Status);
    }

    [Fact]
    public async Task An_answer_that_comes_after_the_proof_has_grown_old_lets_nothing_in()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var program = await TestOAuthApp.Of(own, account);
        var owner = await account.SignIn();
        var consent = await owner.Get(program.Asks());
        own.Clock.Advance(TimeSpan.FromMinutes(11));
        var late = await TestOAuthApp.Answer(owner, consent);
        Assert.Null(late.Query["code"]);
        Assert.StartsWith("/oauth/authorize?", late.Location, StringComparison.Ordinal);
        Assert.Equal(0L, await own.Ask<long>("select count(*) from accounts.app_connection"));

        // They say once more who they are, see the same question, and the answer is good.
        var asked = await owner.Get(late.Location);
        Assert.Equal("/confirm-it-is-you", asked.Url.AbsolutePath);
        var again = await asked.Submit("[name='Password.Password']", new { TestAccount.Password });
        Assert.Equal("/oauth/authorize", again.Url.AbsolutePath);
        var back = await TestOAuthApp.Answer(owner, again);
        Assert.Equal("st&te", back.Query["state"]);
        Assert.Equal(HttpStatusCode.OK, (await program.Redeem(back.Query["code"]!)).Status);
    }

    [Fact]
    public async Task A_no_needs_no_proof()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var program = await TestOAuthApp.Of(own, account);
        var owner = await account.SignIn();
        var consent = await owner.Get(program.Asks());
        own.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("access_denied", (await TestOAuthApp.Answer(owner, consent, "deny")).Query["error"]);
    }

    [Fact]
    public async Task Another_sites_form_lets_nothing_in()
    {
        var (program, owner, account) = await Ready();
        using var forged = new FormUrlEncodedContent(System.Web.HttpUtility.ParseQueryString(program.Asks().Split('?')[1]) is var q ? [.. q.AllKeys.Select(k => KeyValuePair.Create(k!, q[k]!)), new("answer", "allow"), new("account", account.Id.ToString())] : []);
        using var answer = await owner.Send(HttpMethod.Post, "/oauth/authorize/answer", forged, follow: false);
        Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
        Assert.Equal(0L, await app.Ask<long>("select count(*) from accounts.app_connection where account_id = $1", account.Id));
    }

    [Fact]
    public async Task An_app_cannot_write_the_answer_into_the_persons_form_nor_frame_the_page()
    {
        var (program, owner, _) = await Ready();
        using var answer = await owner.Send(HttpMethod.Get, program.Asks(other: [("answer", "allow"), ("account", Guid.Empty.ToString()), ("__RequestVerificationToken", "x"), ("state", "\"><script>")]));
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("form-action 'self' https://app.example.com;", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        var page = await owner.Page(answer);
        Assert.Empty(page.Document.QuerySelectorAll("input[name=answer]"));
        Assert.Single(page.Document.QuerySelectorAll("form[action='/oauth/authorize/answer'] input[name=__RequestVerificationToken]"));
        Assert.NotEqual(Guid.Empty.ToString(), page.Find("input[name=account]").GetAttribute("value"));
        Assert.DoesNotContain("<script>", page.Find("form[action='/oauth/authorize/answer']").OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_signs_in_first_and_comes_back_to_the_question()
    {
        var (program, _, account) = await Ready();
        var visitor = app.NewBrowser();
        var asked = await visitor.Get(program.Asks());
        Assert.Equal("/sign-in", asked.Url.AbsolutePath);
        var consent = await asked.Submit(null, new { Email = $"owner@{account.Slug}.example", TestAccount.Password });
        Assert.Contains("Let Till Roll in?", consent.Text, StringComparison.Ordinal);
        Assert.NotNull((await TestOAuthApp.Answer(visitor, consent)).Query["code"]);
    }

    [Fact]
    public async Task Whoever_proved_themselves_long_ago_does_so_again()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var program = await TestOAuthApp.Of(own, account);
        var owner = await account.SignIn();
        own.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("/confirm-it-is-you", (await owner.Get(program.Asks())).Url.AbsolutePath);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("client_credentials")]
    [InlineData("implicit")]
    [InlineData("urn:ietf:params:oauth:grant-type:device_code")]
    public async Task Other_ways_to_a_token_are_not_offered(string grant)
    {
        var (program, owner, account) = await Ready();
        var answer = await program.Post("/oauth/token", ("grant_type", grant), ("username", $"owner@{account.Slug}.example"), ("password", TestAccount.Password), ("scope", "contacts.read"));
        Assert.Equal((HttpStatusCode.BadRequest, "unsupported_grant_type"), (answer.Status, answer.Error));
        foreach (var type in (string[])["token", "id_token", "code token", "none"])
        {
            using var back = await owner.Send(HttpMethod.Get, program.Asks(other: ("response_type", type)), follow: false);
            Assert.True(Back.Of(back).Refused, Back.Of(back).ToString());
        }
    }

    [Fact]
    public async Task An_app_calls_its_tokens_back_and_a_paused_account_can_still_be_read()
    {
        var (program, owner, account) = await Ready();
        var tokens = await program.Connect(owner, "campaigns.read");
        await app.Do("update accounts.account set suspended_at = $2 where id = $1", account.Id, app.Clock.GetUtcNow());
        Assert.Equal(HttpStatusCode.OK, (await app.With(tokens.Access).Call()).Status);
        Assert.Equal(HttpStatusCode.OK, (await program.Post("/oauth/revoke", ("token", tokens.Access))).Status);
        Assert.Equal("token.revoked", (await app.With(tokens.Access).Call()).Code);
        Assert.Equal(HttpStatusCode.OK, (await program.Post("/oauth/revoke", ("token", tokens.Refresh))).Status);
        Assert.Equal("invalid_grant", (await program.Refresh(tokens.Refresh)).Error);
        // A refresh token or a code opens no door of the API.
        var again = await program.Connect(owner, "campaigns.read");
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.With(again.Refresh).Call()).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.With(await program.Code(owner)).Call()).Status);
    }

    private async Task<(TestOAuthApp Program, Browser Owner, TestAccount Account)> Ready()
    {
        var account = await app.NewAccount();
        return (await TestOAuthApp.Of(app, account), await account.SignIn(), account);
    }
}
