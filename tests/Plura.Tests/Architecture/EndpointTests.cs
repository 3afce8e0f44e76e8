using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;

namespace Plura.Tests.Architecture;

public sealed class EndpointTests(PluraApp app)
{
    private IEnumerable<RouteEndpoint> Endpoints => EndpointRules.Ours(app.Services.GetRequiredService<EndpointDataSource>());

    [Fact]
    public void Every_endpoint_and_page_says_who_may_pass() => None(EndpointRules.WithoutGuard(Endpoints));

    [Fact]
    public void Every_endpoint_has_a_name() => None(EndpointRules.WithoutName(Endpoints));

    [Fact]
    public void The_list_of_addresses_says_for_each_who_may_pass_and_forgets_none_that_the_oauth_library_answers()
    {
        var list = Plura.Web.RouteTable.Of(new Built(app.Services));
        Assert.Contains(list, line => line is { Path: "/me/leave", Permission: "(signed in)" });
        None(list.Where(line => line.Permission.Length == 0).Select(line => $"{line.Method} {line.Path} says nothing"));
        foreach (var (method, path) in Plura.Accounts.OAuthServer.AnsweredByTheLibrary)
            Assert.Contains(list, line => line.Path == path && line.Method == method && line.Permission == "(public)");
    }

    [Fact]
    public async Task An_invalid_body_is_refused_by_every_endpoint()
    {
        var account = await app.NewAccount();
        var wrong = new List<string>();
        foreach (var endpoint in Endpoints.Where(e => EndpointRules.Pattern(e).StartsWith("/api/", StringComparison.Ordinal)))
        {
            foreach (var method in EndpointRules.Methods(endpoint).Where(m => m is "POST" or "PUT" or "PATCH"))
            {
                var path = EndpointRules.Path(endpoint, account.Slug);
                using var torn = new StringContent("{\"", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
                using var answer = await account.Api.Send(HttpMethod.Parse(method), path, torn, follow: false, accept: "application/json");
                var takesBody = endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not null;
                HttpStatusCode[] right = takesBody
                    ? [HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnsupportedMediaType]
                    : [HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound, HttpStatusCode.Conflict];
                if (!right.Contains(answer.StatusCode))
                    wrong.Add($"{method} {path} answered {(int)answer.StatusCode} to half a JSON object");
                else if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
                    wrong.Add($"{method} {path} refused half a JSON object by {answer.Content.Headers.ContentType}, not by problem details");
            }
        }

        None(wrong);
    }

    [Fact]
    public async Task An_endpoint_without_guard_or_name_is_caught()
    {
        await using var web = WebApplication.CreateSlimBuilder().Build();
        web.MapGet("/open", () => "open");
        web.MapGet("/both", () => "both").WithName("Both").Public("Because it may be.").SignedIn();
        web.MapGet("/no-reason", () => "why").WithName("NoReason").Public("");
        web.MapGet("/right", () => "right").WithName("Right").RequirePermission("right.read");
        var endpoints = ((IEndpointRouteBuilder)web).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().ToList();
        Assert.Equal(3, EndpointRules.WithoutGuard(endpoints).Count());
        Assert.Single(EndpointRules.WithoutName(endpoints));
    }

    /// <summary>The endpoints of the host that runs.</summary>
    private sealed class Built(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources { get; } = [services.GetRequiredService<EndpointDataSource>()];

        public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(services);
    }

    private static void None(IEnumerable<string> found) => Assert.True(!found.Any(), string.Join('\n', found.Order(StringComparer.Ordinal)));
}
