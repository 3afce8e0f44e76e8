using System.Reflection;
using Plura.Adapters;
using Plura.Platform;

namespace Plura.Tests.Architecture;

public sealed class ModuleTests
{
    private static readonly Assembly Modules = typeof(Accounts.AccountsModule).Assembly;
    private static readonly Assembly Engine = typeof(IModule).Assembly;
    private static readonly Assembly Wrong = typeof(Violations.Marker).Assembly;

    [Fact]
    public void A_module_imports_only_contracts_of_modules_to_its_left() => None(ModuleRules.WrongImports(Modules));

    [Fact]
    public void Every_module_stands_in_the_order() => None(ModuleRules.UnknownModules(Modules));

    [Fact]
    public void A_module_has_three_namespaces() => None(ModuleRules.WrongNamespaces(Modules));

    [Fact]
    public void No_name_attracts_everything() => None([.. ModuleRules.WrongNames(Modules), .. ModuleRules.WrongNames(Engine), .. ModuleRules.WrongNames(typeof(AdaptersModule).Assembly), .. ModuleRules.WrongNames(typeof(Web.Serving).Assembly)]);

    [Fact]
    public void The_platform_knows_no_module() => None(ModuleRules.ProductReferences(Engine));

    [Fact]
    public void Vendors_stand_in_the_adapters_only() => None([.. ModuleRules.Vendors(Modules), .. ModuleRules.Vendors(Engine), .. ModuleRules.Vendors(typeof(Web.Serving).Assembly)]);

    [Fact]
    public void Every_handler_validates_in_its_first_line() => None(HandlerRules.HandlersThatDoNotValidateFirst(Modules));

    [Fact]
    public void All_background_work_has_words_for_people() => None([.. HandlerRules.WorkWithoutWords(Modules), .. HandlerRules.WorkWithoutWords(typeof(AdaptersModule).Assembly), .. HandlerRules.WorkWithoutWords(typeof(Web.Serving).Assembly)]);

    [Fact]
    public void No_expression_is_stopped_by_a_clock() => None([.. ExpressionRules.Clocked(Modules), .. ExpressionRules.Clocked(Engine), .. ExpressionRules.Clocked(typeof(AdaptersModule).Assembly), .. ExpressionRules.Clocked(typeof(Web.Serving).Assembly)]);

    [Fact]
    public void Only_one_caller_can_authorise_a_message()
    {
        Assert.Equal("Plura.Messaging.PumpRun", Assert.Single(ModuleRules.CallersOfFactory([Modules, typeof(AdaptersModule).Assembly, typeof(Web.Serving).Assembly], typeof(global::Plura.Messaging.AuthorizedMessage))));
        Assert.Empty(typeof(global::Plura.Messaging.AuthorizedMessage).GetConstructors());
    }

    // Negative controls: a rule that catches nothing proves nothing.
    [Fact]
    public void An_expression_with_a_clock_is_caught() => Assert.Equal("Plura.Violations.Expressions.Clocked is stopped by a clock", Assert.Single(ExpressionRules.Clocked(Wrong)));

    [Fact]
    public void A_wrong_import_is_caught()
    {
        var caught = ModuleRules.WrongImports(Wrong).ToList();
        Assert.Contains(caught, c => c.StartsWith("Plura.Contacts.PeeksIntoData", StringComparison.Ordinal));
        Assert.Contains(caught, c => c.StartsWith("Plura.Accounts.LooksRight", StringComparison.Ordinal));
        Assert.Contains(caught, c => c.StartsWith("Plura.Payments.LooksAtASibling", StringComparison.Ordinal));
        Assert.DoesNotContain(caught, c => c.StartsWith("Plura.Contacts.UsesAContract", StringComparison.Ordinal));
    }

    [Fact]
    public void A_module_without_place_is_caught() => Assert.NotEmpty(ModuleRules.UnknownModules(Wrong));

    [Fact]
    public void A_fourth_namespace_is_caught() => Assert.Contains(ModuleRules.WrongNamespaces(Wrong), c => c.StartsWith("Plura.Contacts.Deep", StringComparison.Ordinal));

    [Fact]
    public void A_name_that_attracts_everything_is_caught() => Assert.Contains(ModuleRules.WrongNames(Wrong), c => c.StartsWith("Plura.Contacts.ContactHelper", StringComparison.Ordinal));

    [Fact]
    public void A_vendor_outside_the_adapters_is_caught() => Assert.Contains(ModuleRules.Vendors(Wrong), c => c.Contains("MailKit", StringComparison.Ordinal));

    [Fact]
    public void A_reference_to_the_product_is_caught() => Assert.NotEmpty(ModuleRules.ProductReferences(Wrong));

    [Fact]
    public void A_handler_that_does_not_validate_is_caught()
    {
        var caught = HandlerRules.HandlersThatDoNotValidateFirst(Wrong).ToList();
        Assert.Contains(caught, c => c.Contains("ForgetsHandler", StringComparison.Ordinal));
        Assert.Contains(caught, c => c.Contains("ValidatesLateHandler", StringComparison.Ordinal));
        Assert.DoesNotContain(caught, c => c.Contains("ValidatesHandler", StringComparison.Ordinal));
    }

    [Fact]
    public void Work_without_words_is_caught()
    {
        var caught = HandlerRules.WorkWithoutWords(Wrong).ToList();
        Assert.Contains(caught, c => c.Contains("SaysNothing", StringComparison.Ordinal));
        Assert.DoesNotContain(caught, c => c.Contains("SaysWhat", StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_caller_is_caught() => Assert.Equal(2, ModuleRules.CallersOfFactory([Wrong], typeof(Violations.Sealed)).Count);

    private static void None(IEnumerable<string> found) => Assert.True(!found.Any(), string.Join('\n', found.Order(StringComparer.Ordinal)));
}
