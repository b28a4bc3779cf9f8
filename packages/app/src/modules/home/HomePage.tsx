import {
  ButtonLink,
  Card,
  CardBody,
  Container,
  Flex,
  Grid,
  Text,
} from '@backstage/ui';
import { journeys } from './journeys';

/** Says what the portal is for and where each journey starts. */
export function HomePage() {
  return (
    <Container>
      <Flex direction="column" gap="6" mt="6" mb="6">
        <Flex direction="column" gap="1">
          <Text as="h2" variant="title-small" weight="bold">
            Services on Amazon VPC Lattice
          </Text>
          <Text color="secondary">
            Who calls whom, who was refused and why, and how to get access.
          </Text>
        </Flex>
        <Grid.Root columns={{ initial: '1', md: '2' }} gap="4">
          {journeys.map(({ title, description, href, action, Icon }) => (
            <Card key={href}>
              <CardBody>
                <Flex direction="column" gap="3" align="start">
                  <Flex gap="2" align="center">
                    <Icon size={20} aria-hidden />
                    <Text as="h3" variant="title-x-small" weight="bold">
                      {title}
                    </Text>
                  </Flex>
                  <Text color="secondary">{description}</Text>
                  <ButtonLink href={href} variant="secondary">
                    {action}
                  </ButtonLink>
                </Flex>
              </CardBody>
            </Card>
          ))}
        </Grid.Root>
      </Flex>
    </Container>
  );
}
